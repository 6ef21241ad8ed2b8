import type { Finding } from "../../diagnostics/diagnostic.js";
import { replaceText } from "../../diagnostics/fixes.js";
import { limitExceeded } from "../../diagnostics/output-messages.js";
import { emptyInput, syntaxError } from "../../diagnostics/text-messages.js";
import type { Limits } from "../../model/options.js";
import type { Source } from "../../model/source.js";
import { mistakesIn } from "./yaml-mistakes.js";
import { type ComposedDocument, isBlank, type Node, readDocuments } from "./yaml-nodes.js";
import { Problems } from "./yaml-problems.js";
import { readYaml } from "./yaml-reader.js";
import type { YamlReading } from "./yaml-reading.js";
import { Walk } from "./yaml-walk.js";

/**
 * Reads one YAML document as the package `yaml` does, which knows all of YAML and what is wrong with
 * a text, and takes some fifty times the memory of that text.
 */
export function readWithPackage(source: Source, limits: Limits): YamlReading {
  const { text } = source;
  const documents = readDocuments(text, limits.depth);
  if (documents === "package") {
    const place = { source, start: 0, end: Math.min(1, text.length) };
    return { findings: [syntaxError(place, "cannotRead")] };
  }
  if ("tooDeepAt" in documents) {
    const { tooDeepAt: start } = documents;
    return {
      findings: [limitExceeded({ source, start, end: start + 1 }, "depth", limits.depth)],
    };
  }

  const problems = new Problems(text);
  for (const document of documents) {
    problems.add(document);
  }
  const root = rootOf(documents);
  const tagFindings = problems.tagFindings(source);
  if (problems.areOfSyntax || documents.length > 1) {
    // What is wrong behind the start of a second document, that start may have caused.
    const second = documents[1]?.range[0] ?? Infinity;
    const inFirst = problems.inOrder().filter(({ at }) => at < second);
    const findings = [
      ...mistakesIn(source, inFirst, limits, second),
      ...documentFindings(documents, source, limits),
    ];
    return { findings: [...findings, ...tagFindings] };
  }
  if (root === undefined) {
    return { findings: [emptyInput({ source, start: 0, end: 0 })] };
  }
  const findings = [...tagFindings];
  const walk = new Walk(source, limits, (finding) => findings.push(finding));
  const reading = walk.read(root);
  // A tag may be where it cannot be said what is unread.
  return reading?.unknownTags === problems.unknownTags ? { findings, said: reading } : { findings };
}

/** The root node of the only document. */
function rootOf(documents: readonly ComposedDocument[]): Node | undefined {
  const root = documents.length === 1 ? (documents[0]!.contents as Node | null) : null;
  return root === null || isBlank(root) ? undefined : root;
}

/** A second document is an error; the line that starts it goes if all can be one document. */
function documentFindings(
  documents: readonly ComposedDocument[],
  source: Source,
  limits: Limits,
): readonly Finding[] {
  if (documents.length < 2) {
    return [];
  }
  const start = documents[1]!.range[0];
  const place = { source, start, end: Math.min(start + 3, source.text.length) };
  const finding = syntaxError(place, "multipleDocuments");
  const [marker] = /^---[ \t]*(?:\r?\n|$)/.exec(source.text.slice(start, start + 10)) ?? [];
  if (marker === undefined) {
    return [finding];
  }
  const text = source.text.slice(0, start) + source.text.slice(start + marker.length);
  const reading = readYaml({ ...source, text }, limits);
  if ("offset" in reading || reading.findings.length > 0) {
    return [finding];
  }
  const edit = { start, end: start + marker.length };
  return [{ ...finding, fixes: [replaceText({ source, ...edit }, "", "remove '---'", "unsafe")] }];
}
