/**
 * Text without quotes that starts with a sign of YAML's own: `*.pyc`, `!room:example.org`, `>0.5`.
 * The parsers take the sign for what it is, and stumble over it or over what follows.
 */
import type { Finding, SourceSpan } from "../../diagnostics/diagnostic.js";
import {
  syntaxError,
  tagMismatch,
  unknownForm,
  unquotedText,
} from "../../diagnostics/text-messages.js";
import type { Span } from "../../model/source.js";
import { formTags } from "../../model/special-forms.js";
import { indentationAt, lineStart } from "../lines.js";

/** Longer texts are not looked at: a line may be long and have many mistakes. */
const maxLength = 200;

/** The text that a parser cannot read at `offset`, from the sign in front of it on. */
export function unquotedAt(text: string, offset: number, signs: string): Span | undefined {
  if (signs === "") {
    return undefined;
  }
  const earliest = Math.max(0, offset - maxLength);
  const from = earliest + lineStart(text.slice(earliest, offset), offset - earliest);
  // Where a value or key may start: at the line's start, or behind an indicator.
  const starts = text
    .slice(from, offset + 1)
    .matchAll(/(?:^[ \t]*|[-:?][ \t]+|[[{,][ \t]*)(?=[^ \t])/g);
  const start = [...starts]
    .map(({ index, 0: { length } }) => from + index + length)
    .filter((start) => signs.includes(text[start]!))
    .at(-1);
  return start === undefined ? undefined : spanFrom(text, start, text.slice(from, start));
}

/** Text ends on its line, before a comment or a colon; in brackets, also before the next item. */
function spanFrom(text: string, start: number, before: string): Span | undefined {
  const balance = [...before].reduce(
    (sum, char) => sum + (/[[{]/.test(char) ? 1 : /[\]}]/.test(char) ? -1 : 0),
    0,
  );
  const isInFlow = balance > 0 || /^[ \t]*$/.test(before);
  const words = isInFlow
    ? /[^\r\n,[\]{}]{1,200}?(?=[ \t]*(?:[\r\n,[\]{}]|[ \t]#|:[ \t]|$))/y
    : /[^\r\n]{1,200}?(?=,?[ \t]*(?:[\r\n]|$)|[ \t]+#|:[ \t\r\n])/y;
  words.lastIndex = start;
  if (!words.test(text)) {
    return undefined;
  }
  const { lastIndex: end } = words;
  const hasBody = /[|>]/.test(text[start]!) && isFollowed(text, start, end);
  return hasBody ? undefined : { start, end };
}

/** Where a key has its colon that starts at `start` and is glued to its value: `tags:[web]`. */
export function gluedColonAfter(text: string, start: number): number | undefined {
  const key = /[\w-]{1,100}(?=:[^\s:/][^\n:]*(?:\n|$))/y;
  key.lastIndex = start;
  return key.test(text) ? key.lastIndex : undefined;
}

/** What is wrong with text that {@link unquotedAt} found. */
export function unquoted(place: SourceSpan, text: string): Finding {
  const mayBeAlias = text.startsWith("*") && isAnchorName(text.slice(1));
  return unquotedText(place, text, mayBeAlias ? "unsafe" : "safe");
}

/** An alias whose anchor is not there: where it cannot be a name, it is text. */
export function unknownAlias(place: SourceSpan, name: string): Finding {
  return isAnchorName(name)
    ? syntaxError(place, "unknownAlias", name)
    : unquoted(place, `*${name}`);
}

/** Whether people name an anchor like that. */
export function isAnchorName(name: string): boolean {
  return /^[\p{L}\d_-]+(?:[.:/][\p{L}\d_-]+)*$/u.test(name) && !/^-|-$/.test(name);
}

/** A tag that nobody knows, or that does not suit its value; with no value, it is most likely text. */
export function unknownTag(place: SourceSpan, tag: string): Finding {
  if (/^!!(?:str|int|float|bool|null|map|seq)$/.test(tag)) {
    return tagMismatch(place, tag);
  }
  const finding = unknownForm(place, tag, formTags);
  if ((finding.fixes ?? []).length > 0 || hasValue(place)) {
    return finding;
  }
  return unquotedText(place, tag, /^![\w-]+$/.test(tag) ? "unsafe" : "safe");
}

/** Whether anything follows a tag that it may be about: on its line, or indented more on the next. */
function hasValue({ source: { text }, start, end }: SourceSpan): boolean {
  const rest = /[ \t]*(?:(?<end>[,\]}])|#|\r?\n|$)/y;
  rest.lastIndex = end;
  const match = rest.exec(text);
  return match === null || (match.groups!["end"] === undefined && isFollowed(text, start, end));
}

/** Whether the line after `end` is indented more than that of `start`. */
function isFollowed(text: string, start: number, end: number): boolean {
  const next = /[^\n]*\n\s*/y;
  next.lastIndex = end;
  return (
    next.test(text) &&
    next.lastIndex < text.length &&
    indentationAt(text, next.lastIndex).length > indentationAt(text, start).length
  );
}
