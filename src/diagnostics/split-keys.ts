import { valueAt } from "../model/data.js";
import type { Content } from "../model/document.js";
import { Origin } from "../model/origin.js";
import type { Source } from "../model/source.js";
import type { Finding, SourceSpan } from "./diagnostic.js";
import { replaceText } from "./fixes.js";
import { nameAmongKeys } from "./level-messages.js";
import { duplicateKeys } from "./text-messages.js";

/** A name alone on an indented line, without a value and at a wrong level, and where it starts. */
interface Name {
  readonly place: Origin;
  readonly start: number;
  /** The columns of the keys that it may split: its own, and that of the field that it is in. */
  readonly columns: readonly number[];
}

/**
 * A key is there twice since the name above the second one is at a wrong level: one finding, at the
 * name, whose line is indented otherwise. Several keys are there twice since that name is missing: one
 * finding, too.
 */
export function withoutSplitKeys(
  findings: readonly Finding[],
  documents: ReadonlyMap<Source, Content>,
): readonly Finding[] {
  if (!findings.some(({ code }) => code === "duplicate-key")) {
    return findings;
  }
  return withoutRepeated(withoutMisplaced(findings, documents));
}

function withoutMisplaced(
  findings: readonly Finding[],
  documents: ReadonlyMap<Source, Content>,
): readonly Finding[] {
  const names = findings.flatMap(({ code, place }): readonly Name[] => {
    const isLevel = code === "misplaced-key" || code === "unknown-key";
    const document = isLevel && place instanceof Origin ? documents.get(place.source) : undefined;
    if (document === undefined || valueAt(document.value, (place as Origin).path) !== null) {
      return [];
    }
    const { source, path } = place as Origin;
    const { start } = document.locate(path, true);
    const isAlone = /[^\s"'{[][^\n]*:[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y;
    isAlone.lastIndex = start;
    const column = columnOf(source.text, start);
    if (column <= 0 || !isAlone.test(source.text)) {
      return [];
    }
    // Names and fields alternate on a path.
    const field = path.length % 2 === 0 ? [document.locate(path.slice(0, -1), true).start] : [];
    const columns = [
      column,
      ...field.map((at) => columnOf(source.text, at)).filter((at) => at > 0),
    ];
    return [{ place: place as Origin, start, columns }];
  });
  const splitting = new Set<Finding["place"]>();
  const kept = findings.filter((finding) => {
    const name = finding.code === "duplicate-key" ? nameAbove(finding, names) : undefined;
    if (name !== undefined) {
      splitting.add(name.place);
    }
    return name === undefined;
  });
  return kept.map((finding) =>
    splitting.has(finding.place)
      ? outdented(finding.place as Origin, documents.get(finding.place.source)!)
      : finding,
  );
}

/** Duplicate keys that follow each other in one map, all of whose first are before all of them, as one. */
function withoutRepeated(findings: readonly Finding[]): readonly Finding[] {
  const groups: Finding[][] = [];
  for (const finding of findings.filter(({ code }) => code === "duplicate-key")) {
    const last = groups.at(-1);
    if (last !== undefined && repeats(last, finding)) {
      last.push(finding);
    } else {
      groups.push([finding]);
    }
  }
  const first = new Map(groups.map((group) => [group[0]!, group]));
  return findings.flatMap((finding) => {
    const group = first.get(finding);
    if (finding.code !== "duplicate-key" || group?.length === 1) {
      return [finding];
    }
    return group === undefined ? [] : [duplicateKeys(group)];
  });
}

/** Whether a duplicate key is in the map of others, behind them, and its first before them. */
function repeats(others: readonly Finding[], { place, related }: Finding): boolean {
  const { source } = place;
  const from = startOf(others[0]!.place);
  const between = source.text.slice(from, startOf(place));
  const column = columnOf(source.text, startOf(place));
  return (
    source === others[0]!.place.source &&
    column > 0 &&
    column === columnOf(source.text, from) &&
    related.every((first) => startOf(first.place) < from) &&
    !new RegExp(`\\n {0,${column - 1}}[^\\s#]`).test(between)
  );
}

/** The last of the names that are between a duplicate key and the first of its kind. */
function nameAbove({ place, related }: Finding, names: readonly Name[]): Name | undefined {
  return names.reduce<Name | undefined>((last, name) => {
    const column = columnOf(name.place.source.text, startOf(place));
    const isBetween =
      name.place.source === place.source &&
      startOf(place) > name.start &&
      name.columns.includes(column) &&
      related.some((first) => startOf(first.place) < name.start);
    return isBetween && name.start > (last?.start ?? -1) ? name : last;
  }, undefined);
}

/** How far a line of a block is indented that starts at an offset; -1 for what is in brackets. */
function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return /^ *$/.test(text.slice(start, offset)) ? offset - start : -1;
}

function startOf(place: Finding["place"]): number {
  return place instanceof Origin ? -1 : place.start;
}

/** The line of the name as far in as the key of the map around it. */
function outdented(place: Origin, document: Content): Finding {
  const { source, path } = place;
  const { start: end } = document.locate(path, true);
  const start = lineStart(source.text, end);
  const around = document.locate(path.slice(0, -1), true).start;
  const column = around - lineStart(source.text, around);
  const isIndented = column < end - start;
  const lead: SourceSpan = { source, start, end };
  return nameAmongKeys(
    place,
    isIndented ? [replaceText(lead, " ".repeat(column), `indent by ${column}`, "unsafe")] : [],
  );
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}
