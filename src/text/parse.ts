import { type Collected, collect } from "../diagnostics/budget.js";
import type { Finding, Report } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import { foreignFile, invalidUtf16 } from "../diagnostics/text-messages.js";
import type { Document } from "../model/document.js";
import type { IgnoreComment } from "../model/ignore-comment.js";
import { once } from "../model/once.js";
import type { Limits } from "../model/options.js";
import { formatOf, type Source } from "../model/source.js";
import { findConflicts } from "./conflict-markers.js";
import { inPlaceEditor } from "./edit/edit-in-place.js";
import { EditableText } from "./edit.js";
import { isUtf16 } from "./encodings.js";
import { foreignFormat } from "./foreign-format.js";
import { readIgnoreComments } from "./ignore-comments.js";
import { parseJson } from "./json.js";
import { findOddSpace } from "./odd-spaces.js";
import { firstLine } from "./spans.js";
import type { YamlContent } from "./yaml/yaml-reading.js";
import { parseYaml } from "./yaml.js";

/** A source that was read: what its text says, and what is wrong with it. */
export interface Reading {
  readonly source: Source;
  /** Absent where nothing can be said of what the text means. */
  readonly document: Document | undefined;
  readonly findings: readonly Finding[];
  readonly ignores: readonly IgnoreComment[];
}

/** Reads one source, YAML or JSON. */
export function parse(source: Source, limits: Limits): Reading {
  const { result, findings } = readText(source, limits);
  const hasComments = formatOf(source) !== "json" && source.text.length <= limits.size;
  const ignores = hasComments ? readIgnoreComments(source.text) : [];
  return { source, document: result, findings, ignores };
}

/**
 * What a merge left in a text makes nonsense of it. One that says nothing is in another format, or
 * has spaces that are none, if it seems so.
 */
function readText(source: Source, limits: Limits): Collected<Document | undefined> {
  const read = collect((report) => parseText(source, limits, report));
  const { text } = source;
  if (text.length > limits.size) {
    return read;
  }
  const conflicts = findConflicts(source, read.result === undefined);
  if (conflicts.length > 0) {
    return { findings: conflicts };
  }
  const format = foreignFormat(text, read.result?.value);
  if (format !== undefined) {
    const start = /^[\ufeff\s]*/.exec(text)![0].length;
    const place = { source, ...firstLine(text, { start, end: text.length }) };
    return { findings: [foreignFile(place, format)] };
  }
  const finding = read.result === undefined ? findOddSpace(source) : undefined;
  return finding === undefined ? read : { findings: [finding] };
}

function parseText(source: Source, limits: Limits, report: Report): Document | undefined {
  const { text } = source;
  if (text.length > limits.size) {
    report(limitExceeded({ source, start: 0, end: 0 }, "size", limits.size));
    return undefined;
  }
  if (isUtf16(text)) {
    report(invalidUtf16({ source, start: 0, end: 1 }));
    return undefined;
  }
  let format = formatOf(source);
  const asYaml = () => {
    format = "yaml";
    return parseYaml(source, limits, report);
  };
  const isYaml =
    format === "yaml" || (format === undefined && !/^\ufeff?\s*\{/.test(text.slice(0, 1000)));
  const content: YamlContent | undefined = isYaml
    ? asYaml()
    : parseJson(source, limits, report, format === "json" ? undefined : asYaml);
  if (content === undefined) {
    return undefined;
  }
  const { syntax, ...said } = content;
  const editable = once(() => EditableText.read(text, format ?? "json", syntax?.()));
  const editInPlace = inPlaceEditor({ text, format: format ?? "json", content });
  return {
    ...said,
    tree: once(content.tree ?? (() => editable()?.tree())),
    edit: (changes) => editInPlace(changes) ?? editable()?.edit(changes),
  };
}
