import type { Finding, Place, SourceSpan } from "../../diagnostics/diagnostic.js";
import { limitExceeded } from "../../diagnostics/output-messages.js";
import { isOfSyntax, syntaxError } from "../../diagnostics/text-messages.js";
import type { Limits } from "../../model/options.js";
import { partitionPoint } from "../../model/partition-point.js";
import type { Source, Span, TextEdit } from "../../model/source.js";
import { readWithPackage } from "./yaml-package.js";
import { type GivenUp, readYaml } from "./yaml-reader.js";
import type { YamlReading } from "./yaml-reading.js";

/** How much of a text the package may get at once: its nodes take fifty times the memory. */
const most = 2 ** 18;
/** Broken items that are longer are looked at item by item. */
const shortItem = 2 ** 12;
/** What an item counts for at least: a mistake takes as long as so much text. */
const leastCost = 2 ** 8;

/**
 * What is wrong with a long text that the fast reader gave up: the package is asked about those items
 * of maps and lists in lines that may be broken, with those next to them.
 */
export function readLongBrokenText(
  source: Source,
  limits: Limits,
  { offset, readUpTo, limit }: GivenUp,
): YamlReading {
  const { text } = source;
  const place = { source, start: offset, end: Math.min(offset + 1, text.length) };
  if (limit !== undefined) {
    return { findings: [limitExceeded(place, limit, limits[limit])] };
  }
  let left = most;
  const isSure = ({ start, end }: Span): boolean => {
    if (end <= readUpTo || left < 0) {
      return true;
    }
    const isSure = !("offset" in readYaml({ ...source, text: text.slice(start, end) }, limits));
    if (!isSure && end - start <= shortItem) {
      left -= costOf({ start, end });
    }
    return isSure;
  };
  const found: Span[] = [];
  addDoubtful(text, { start: 0, end: text.length }, isSure, found);
  const stretches = upTo(most, found);
  const isCut = stretches.length < found.length;
  const condensed = stretches.map(({ start, end }) => text.slice(start, end)).join("");
  const { findings } = readWithPackage({ ...source, text: condensed }, limits);
  if (findings.some(isOfSyntax)) {
    const move = mover(source, stretches);
    return { findings: findings.map((finding) => moved(finding, source, move)) };
  }
  return isCut
    ? { findings: [syntaxError(place, "unexpected", text.charAt(offset))] }
    : readWithPackage(source, limits);
}

/** The first of some stretches: so many mistakes nobody reads. */
function upTo(length: number, stretches: readonly Span[]): readonly Span[] {
  let left = length;
  return stretches.filter((stretch) => (left -= costOf(stretch)) >= 0);
}

function costOf({ start, end }: Span): number {
  return Math.max(end - start, leastCost);
}

/** Whether a line is a key, with nothing but a comment behind its colon. */
function isHead(line: string): boolean {
  // Without a line break, the pattern would look for one behind every colon.
  return line.endsWith("\n") && /^[ ]*[^\s#].*:[ \t]*(?:#.*)?\r?\n$/.test(line);
}

/** Adds the lines of `region` that may be broken, and those around them. */
function addDoubtful(
  text: string,
  region: Span,
  isSure: (item: Span) => boolean,
  stretches: Span[],
): void {
  const items = itemsIn(text, region);
  const lead = items.length === 0 ? "" : leadOf(text, items[0]!);
  const sure = items.map((item) => leadOf(text, item) === lead && isSure(item));
  addLines(text, { start: region.start, end: items[0]?.start ?? region.end }, stretches);
  for (const [index, item] of items.entries()) {
    const isNeeded = index === 0 || !sure[index - 1] || !sure[index] || sure[index + 1] === false;
    if (!isNeeded) {
      continue;
    }
    const headEnd = lineEnd(text, item.start);
    const isLong = !sure[index] && item.end - item.start > shortItem;
    if (isLong && isHead(text.slice(item.start, headEnd))) {
      stretches.push({ start: item.start, end: headEnd });
      addDoubtful(text, { start: headEnd, end: item.end }, isSure, stretches);
    } else {
      stretches.push(withoutLastComments(text, item));
    }
  }
}

/** Adds the lines that hold more than a comment: comments may be many, and are never broken. */
function addLines(text: string, { start, end }: Span, stretches: Span[]): void {
  for (let at = start; at < end; at = lineEnd(text, at)) {
    const word = wordAfter(text, at);
    if (word < end && !"#\n\r".includes(text.charAt(word))) {
      stretches.push({ start: at, end: lineEnd(text, at) });
    }
  }
}

/** An item without the comments at the left margin, and the empty lines, that follow it. */
function withoutLastComments(text: string, { start, end }: Span): Span {
  let last = end;
  while (last > start) {
    const line = text.lastIndexOf("\n", last - 2) + 1;
    if (line <= start || !"#\n\r".includes(text.charAt(line))) {
      break;
    }
    last = line;
  }
  return { start, end: last };
}

/**
 * The lines that are indented no more than the first, each with those that are; a list is a part of
 * the key before it.
 */
function itemsIn(text: string, { start, end }: Span): readonly Span[] {
  const starts: number[] = [];
  let column = Infinity;
  let isList = true;
  for (let at = start; at < end; at = lineEnd(text, at)) {
    const word = wordAfter(text, at);
    const isText = word < end && !"#\n\r".includes(text.charAt(word));
    const isDash = /-\s/y.test(text.slice(word, word + 2));
    if (!isText || word - at > column || (isDash && !isList && word - at === column)) {
      continue;
    }
    if (starts.length === 0) {
      column = word - at;
      isList = isDash;
    }
    starts.push(at);
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? end }));
}

/** The indentation of an item, with its dash where it has one. */
function leadOf(text: string, { start }: Span): string {
  const word = wordAfter(text, start);
  return text.slice(start, /-\s/y.test(text.slice(word, word + 2)) ? word + 1 : word);
}

function wordAfter(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) {
    at++;
  }
  return at;
}

/** Where the next line starts. */
function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline + 1;
}

/** The same finding where the stretches are in their text. */
function moved(finding: Finding, source: Source, move: (place: Place) => SourceSpan): Finding {
  const fixes = finding.fixes?.map((fix) => ({
    ...fix,
    source,
    changes: (fix.changes as readonly TextEdit[]).map(({ text, ...span }) => {
      const { start, end } = move({ ...span, source });
      return { start, end, text };
    }),
  }));
  return {
    ...finding,
    place: move(finding.place),
    ...(fixes && { fixes }),
    related: finding.related.map(({ message, place }) => ({ message, place: move(place) })),
  };
}

/** Leads from places in the stretches, one after the other, to those in their text. */
function mover(source: Source, stretches: readonly Span[]): (place: Place) => SourceSpan {
  let length = 0;
  const ends = stretches.map(({ start, end }) => (length += end - start));
  return (place) => {
    const { start, end } = place as SourceSpan;
    const index = partitionPoint(ends, (end) => end <= start);
    const stretch = stretches[index];
    const moved =
      stretch === undefined ? (stretches.at(-1)?.end ?? 0) : stretch.end - (ends[index]! - start);
    return { source, start: moved, end: moved + end - start };
  };
}
