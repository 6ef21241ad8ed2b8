import type { Finding } from "../../diagnostics/diagnostic.js";
import { Origin } from "../../model/origin.js";
import type { Source, Span } from "../../model/source.js";
import { isFirstOnLine, lineEnd, lineStart } from "../lines.js";
import { jsonFault } from "./json-scanner.js";

/**
 * What is found in a text of JSON one of whose brackets is missing or one too many: that alone, and
 * what is wrong before it. `undefined` where brackets match.
 */
export function withLooseBracket(
  source: Source,
  findings: readonly Finding[],
): readonly Finding[] | undefined {
  const { text } = source;
  if (mayMatch(text)) {
    return undefined;
  }
  const startOf = ({ place }: Finding) => (place instanceof Origin ? 0 : place.start);
  const inComments = findings.filter((finding) => isCommentedBracket(text, startOf(finding)));
  if (inComments.length > 0) {
    return inComments;
  }
  const bracket = findLooseBracket(text);
  // Behind a whole inventory a bracket does no harm.
  if (bracket === undefined || !text.slice(bracket.start).trimEnd().includes("\n")) {
    return undefined;
  }
  const { kind, start, end, sign, before } = bracket;
  const line = lineStart(text, start);
  const comma = /,\s*$/.exec(text.slice(Math.max(0, start - maxSpace), start))?.[0].length ?? 0;
  const earlier = findings.filter(
    (finding) => startOf(finding) < line && startOf(finding) !== start - comma,
  );
  if (kind === "unmatched" && earlier.length > 0) {
    return earlier.slice(0, 1);
  }
  const finding = jsonFault({ source, start, end }, problems[kind], sign);
  const related =
    before === undefined
      ? []
      : [{ message: "before this", place: { source, start: before, end: before + 1 } }];
  return [...earlier, { ...finding, related }];
}

/** How far before a bracket a comma may be that seems to be one too many because of it. */
const maxSpace = 200;

const problems = {
  extra: "extraBracket",
  missing: "missingBracket",
  unclosed: "unclosedInJson",
  unmatched: "mismatchedClose",
} as const;

/** Whether a comment is a line of JSON that ends with a bracket. */
function isCommentedBracket(text: string, start: number): boolean {
  const isComment = text[start] === "#" || text.startsWith("//", start);
  return isComment && /[{}[\]],?$/.test(text.slice(start, lineEnd(text, start)).trimEnd());
}

/** A bracket without its counterpart, or the line that lacks one. */
interface LooseBracket extends Span {
  readonly kind: keyof typeof problems;
  /** The bracket. */
  readonly sign: string;
  /** Where an unclosed one should have been closed, at the latest. */
  readonly before?: number;
}

/** An open bracket, or what is around all of them. */
interface Open {
  readonly at: number;
  readonly indentation: number;
  /** Brackets inside that were closed within a line, by the indentation of what they closed. */
  readonly closed: Map<number, number>;
}

const tokens = /\n[ \t]*|"(?:[^"\\\n]|\\.)*"|"|(?:\/\/|#)[^\n]*|[{}[\]]|[^\s"{}[\]/#]+/g;

/**
 * Where brackets do not match, the one at fault, as the indentation of lines shows: one that starts a
 * line closes what a line with the same indentation opened. `undefined` where that shows nothing.
 */
function findLooseBracket(text: string): LooseBracket | undefined {
  const open: Open[] = [{ at: 0, indentation: -1, closed: new Map() }];
  let indentation = 0;
  let line = 0;
  for (const { index: at, 0: token } of text.matchAll(tokens)) {
    if (token.startsWith("\n")) {
      indentation = token.length - 1;
      line = at;
      continue;
    }
    const top = open.at(-1)!;
    if (/^[{[]/.test(token)) {
      open.push({ at, indentation, closed: new Map() });
    } else if (/^[}\]]/.test(token)) {
      const opener = token === "}" ? "{" : "[";
      if (top.at > line && text[top.at] !== opener) {
        const isOpen = open.some(({ at }) => at > line && text[at] === opener);
        return isOpen
          ? { kind: "unclosed", sign: text[top.at]!, start: top.at, end: top.at + 1, before: at }
          : { kind: "extra", sign: token, start: at, end: at + 1 };
      }
      const isFirst = isFirstOnLine(text, at);
      if (isFirst && top.indentation > indentation) {
        const before = nextLineIndented(text, top);
        const sign = text[top.at]!;
        return { kind: "unclosed", sign, start: top.at, end: top.at + 1, before };
      }
      if (open.length === 1 || (isFirst && top.indentation < indentation)) {
        return unmatched(text, top, { at, indentation, isFirst });
      }
      open.pop();
      if (!isFirst) {
        open.at(-1)!.closed.set(top.indentation, at);
      }
    }
  }
  return undefined;
}

/** Whether brackets match, or may do so once quotes do. */
function mayMatch(text: string): boolean {
  const open: string[] = [];
  let isRootClosed = false;
  let isMatched = true;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '"') {
      return true;
    }
    if (/^[{[]/.test(token)) {
      isMatched &&= !isRootClosed;
      open.push(token);
    } else if (/^[}\]]/.test(token)) {
      isMatched &&= open.pop() === (token === "}" ? "{" : "[");
      isRootClosed = open.length === 0;
    }
  }
  return isMatched && open.length === 0;
}

/** A bracket that closes nothing: another one is one too many, or one is missing, or it is too many. */
function unmatched(
  text: string,
  top: Open,
  bracket: { readonly at: number; readonly indentation: number; readonly isFirst: boolean },
): LooseBracket {
  const { at, indentation, isFirst } = bracket;
  const earlier = top.closed.get(indentation);
  if (earlier !== undefined || !isFirst) {
    const start = earlier ?? at;
    const lead = text.slice(Math.max(0, start - maxSpace), start);
    if (/:\s*$/.test(lead)) {
      const end = start - /\s*$/.exec(lead)![0].length;
      return { kind: "missing", sign: text[start] === "}" ? "{" : "[", start: end - 1, end };
    }
    return { kind: "extra", sign: text[start]!, start, end: start + 1 };
  }
  const lines = text.slice(top.at, at).split("\n");
  const lengths = lines.map((line) => /^[ \t]*/.exec(line)![0].length);
  const index = lengths.lastIndexOf(indentation, -2);
  const line = lines[index] ?? "";
  if (/:\s*$/.test(line)) {
    const end =
      top.at +
      lines
        .slice(0, index + 1)
        .join("\n")
        .trimEnd().length;
    return { kind: "missing", sign: text[at] === "}" ? "{" : "[", start: end - 1, end };
  }
  const sign = text[at]!;
  return /^[ \t]*[}\]]/.test(line) && index === lines.length - 2
    ? { kind: "extra", sign, start: at, end: at + (text[at + 1] === "," ? 2 : 1) }
    : { kind: "unmatched", sign, start: at, end: at + 1 };
}

/** The first line below an open bracket that is not indented more than its own. */
function nextLineIndented(text: string, { at, indentation }: Open): number {
  const line = /\n([ \t]*)(?=[^\s])/g;
  line.lastIndex = lineEnd(text, at);
  for (let found = line.exec(text); found !== null; found = line.exec(text)) {
    if (found[1]!.length <= indentation) {
      return line.lastIndex;
    }
  }
  return at;
}
