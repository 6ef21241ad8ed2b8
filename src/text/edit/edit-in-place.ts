import { type Data, type DataMap, isDataMap, valueAt } from "../../model/data.js";
import type { DataChange, QuoteValue, ReplaceKey, ReplaceValue } from "../../model/data-change.js";
import type { Content } from "../../model/document.js";
import type { Path } from "../../model/origin.js";
import type { SourceFormat, Span, TextEdit } from "../../model/source.js";
import { formKeys } from "../../model/special-forms.js";
import { isList } from "../../model/value.js";
import { scalarText as jsonScalarText } from "../json-writer.js";
import { ordered } from "../text-edit.js";
import { readQuoted } from "../yaml/yaml-quoted.js";
import { scalarText } from "../yaml-writer.js";
import { inQuotes, maxKey, requoted } from "./edit-content.js";

/** A text, and what it says. */
export interface ReadText {
  readonly text: string;
  readonly format: SourceFormat;
  readonly content: Content;
}

/**
 * Finds the edits that put other names in place of keys, other scalars in place of strings, and
 * quotes around plain ones, the same as those of `EditableText`, which reads the text once more.
 * `undefined` where that has to decide: for other changes, and where a sign in the text may mean more
 * than the word itself.
 */
export function inPlaceEditor(
  read: ReadText,
): (changes: readonly DataChange[]) => readonly TextEdit[] | undefined {
  const { text, format, content } = read;
  let isCertain: boolean | undefined;
  return (changes) => {
    if (changes.length === 0 || content.unread.length > 0 || !areSimple(changes)) {
      return undefined;
    }
    // Looked for once: a long text has thousands of findings with fixes.
    isCertain ??= format === "json" || !hasMeaningElsewhere.test(text);
    return isCertain ? editsOf(read, changes) : undefined;
  };
}

function editsOf(
  { text, format, content }: ReadText,
  changes: readonly Simple[],
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const word = wordAt(content.value, change);
    const span = word && content.locate(change.path, word.isKey);
    const edit = word && replaced(text, span!, word, format);
    if (edit === undefined) {
      return undefined;
    }
    edits.push(edit);
  }
  return ordered(edits);
}

/** Anchors, aliases, merge keys and directives; also where they are only in a comment or a text. */
const hasMeaningElsewhere = /[&*](?<=(?:^|[\s[{,:-]).)[^\s&*,[\]{}"']|<<|^%/m;

type Simple = ReplaceKey | ReplaceValue | QuoteValue;

/** Whether they are of keys and scalars only, and none is in an entry whose key changes before. */
function areSimple(changes: readonly DataChange[]): changes is readonly Simple[] {
  const renamed = new Map<string, Set<string | number>>();
  for (const change of changes) {
    if (!isSimple(change)) {
      return false;
    }
    const { kind, path } = change;
    for (const [depth, step] of renamed.size === 0 ? [] : path.entries()) {
      if (renamed.get(JSON.stringify(path.slice(0, depth)))?.has(step)) {
        return false;
      }
    }
    if (kind === "replaceKey") {
      const holder = JSON.stringify(path.slice(0, -1));
      // Of two keys of a map, one may take the name of the other.
      if (renamed.has(holder)) {
        return false;
      }
      renamed.set(holder, new Set(path.slice(-1)));
    }
  }
  return true;
}

function isSimple(change: DataChange): change is Simple {
  switch (change.kind) {
    case "replaceKey":
    case "replaceValue":
      return true;
    case "quoteValue":
      return change.withComment !== true;
    default:
      return false;
  }
}

/** A key or scalar, and what replaces it. */
interface Word {
  readonly old: Scalar;
  /** Absent for what is written, in quotes. */
  readonly now?: Scalar;
  readonly isKey: boolean;
}

type Scalar = Exclude<Data, readonly Data[] | DataMap>;

function wordAt(value: Data, change: Simple): Word | undefined {
  const { path } = change;
  if (change.kind === "quoteValue") {
    const old = valueAt(value, path);
    return isScalar(old) && old !== null ? { old, isKey: false } : undefined;
  }
  if (change.kind === "replaceValue") {
    const old = valueAt(value, path);
    const now = change.value;
    return typeof old === "string" && isScalar(now) ? { old, now, isKey: false } : undefined;
  }
  const old = path.at(-1);
  const holder = valueAt(value, path.slice(0, -1));
  return typeof old === "string" &&
    isDataMap(holder) &&
    Object.hasOwn(holder, old) &&
    !Object.hasOwn(holder, change.key) &&
    !isPair(path) &&
    !formKeys.includes(old)
    ? { old, now: change.key, isKey: true }
    : undefined;
}

function isScalar(value: Data | undefined): value is Scalar {
  return value !== undefined && !isList(value) && !isDataMap(value);
}

/** Whether the map may be one without braces in a list. */
function isPair(path: Path): boolean {
  return typeof path.at(-2) === "number";
}

/** The edit of a word on one line whose writing alone says what it is. */
function replaced(
  text: string,
  { start, end }: Span,
  { old, now, isKey }: Word,
  format: SourceFormat,
): TextEdit | undefined {
  const written = text.slice(start, end);
  const quotes = written[0] === '"' ? "double" : written[0] === "'" ? "single" : "plain";
  const isWhole =
    typeof old === "string"
      ? (quotes === "plain" ? written : readQuoted(written)) === old
      : /^[\w.+-]+$/.test(written);
  const next = typeof now === "string" ? now : "";
  const isCertain =
    isWhole &&
    !/[\n\r]/.test(written + next) &&
    !/[,[\]{}]/.test((typeof old === "string" ? old : "") + next);
  if (!isCertain || !(format === "json" || isBare(text, start, isKey))) {
    return undefined;
  }
  if (now === undefined) {
    return quotes === "plain" && format === "yaml"
      ? { start, end, text: inQuotes(written, false, { format }) }
      : undefined;
  }
  if (typeof now !== "string") {
    return { start, end, text: format === "json" ? jsonScalarText(now) : scalarText(now) };
  }
  const edited = requoted(now, { text: String(old), quotes }, false, { format });
  return edited.length > maxKey ? undefined : { start, end, text: edited };
}

/** Whether no tag or `?` of YAML is before a word: only what ends the one before, or its line. */
function isBare(text: string, start: number, isKey: boolean): boolean {
  let at = start - 1;
  while (text[at] === " " || text[at] === "\t") {
    at--;
  }
  const sign = text[at] ?? "\n";
  const isAtLineStart = sign === "\n" || (sign === "\ufeff" && at === 0);
  return isAtLineStart
    ? isKey
    : "[{,".includes(sign) || (isKey ? sign === "-" : ":-".includes(sign));
}
