import { maxErrors } from "../../diagnostics/budget.js";
import type { Finding, SourceSpan } from "../../diagnostics/diagnostic.js";
import { missingColonSpace, syntaxError } from "../../diagnostics/text-messages.js";
import type { Limits } from "../../model/options.js";
import { Origin } from "../../model/origin.js";
import type { Source, TextEdit } from "../../model/source.js";
import { lineEnd } from "../lines.js";
import { applyEdits } from "../text-edit.js";
import { readDocuments } from "./yaml-nodes.js";
import {
  isStructural,
  type Problem,
  type ProblemKind,
  Problems,
  spreads,
} from "./yaml-problems.js";
import { readYaml } from "./yaml-reader.js";
import { insert, type Repair } from "./yaml-repairs/yaml-repair.js";
import { repairsFor } from "./yaml-repairs.js";
import { mostSense, senseOf } from "./yaml-sense.js";
import { unquoted } from "./yaml-signs.js";

/** How many characters may be read, by the fast reader and by the package, to try repairs. */
const maxTried = 2 ** 20;
const maxParsed = 2 ** 17;
const maxRepaired = 20;

/**
 * The problems of a text, up to the `end` of its first document, that are mistakes of their own. One
 * mistake in the structure makes what follows look wrong, so each is repaired before the next is looked
 * for; the repair that lets the rest be read is the fix.
 */
export function mistakesIn(
  source: Source,
  problems: readonly Problem[],
  limits: Limits,
  end: number,
): readonly Finding[] {
  const repaired = new RepairedText(source, source.text.slice(0, end), limits);
  const findings: Finding[] = [];
  let rest = problems;
  let hiddenUpTo = 0;
  for (let index = 0, count = 0; index < rest.length && findings.length < maxErrors; index++) {
    const problem = rest[index]!;
    const isSpreading = spreads(problem.problem);
    if (isSpreading && problem.at < hiddenUpTo) {
      continue;
    }
    const isRepairable = isStructural(problem.problem) && count++ < maxRepaired;
    const repair = isRepairable ? repaired.repair(problem) : undefined;
    const left = repair && repaired.problemsAfter(repair, problem);
    const isBetter = left !== undefined && left.length < rest.length - index;
    findings.push(repaired.finding(problem, isBetter ? repair : undefined));
    if (isBetter) {
      repaired.apply(repair!);
      rest = left;
      index = -1;
    } else if (isSpreading) {
      hiddenUpTo =
        problem.problem === "unexpected" ? Infinity : nextEntry(repaired.text, problem.at);
    }
  }
  return [...findings, ...repaired.unquotedLeft()];
}

/** Where the next entry of the outermost map starts. */
function nextEntry(text: string, at: number): number {
  const entry = /^[^\s#-]/gm;
  entry.lastIndex = lineEnd(text, at);
  return entry.exec(text)?.index ?? Infinity;
}

/** A text in which one mistake after the other is repaired. */
class RepairedText {
  private readonly edits: TextEdit[] = [];
  private triable = maxTried;
  private parsable = maxParsed;

  constructor(
    private readonly source: Source,
    public text: string,
    private readonly limits: Limits,
  ) {}

  /**
   * The repair that lets all be read: of several the one that makes most sense of it, and of these the
   * first. Without one, the repair that lets most of what follows be read.
   */
  repair(problem: Problem): Repair | undefined {
    if (problem.problem === "aliasColon") {
      // Only the package reads an alias as a key.
      return insert(problem.end - 1, " ");
    }
    if (this.text.length > this.triable) {
      return undefined;
    }
    let whole: Repair | undefined;
    let sense = -1;
    let best: Repair | undefined;
    let left = this.text.length - lineEnd(this.text, problem.at);
    for (const repair of repairsFor(this.text, problem)) {
      // To look for a better one leaves enough for other problems.
      if (this.text.length > this.triable - (whole === undefined ? 0 : maxTried / 2)) {
        break;
      }
      this.triable -= this.text.length;
      const text = applyEdits(this.text, repair.edits);
      const reading = readYaml({ ...this.source, text }, this.limits);
      if (!("offset" in reading)) {
        const found = senseOf(reading);
        if (found === mostSense) {
          return { ...repair, isGuess: false };
        }
        if (found > sense) {
          sense = found;
          whole = repair;
        }
      } else if (text.length - reading.offset < left) {
        left = text.length - reading.offset;
        best = repair;
      }
    }
    return whole ?? best;
  }

  apply({ edits }: Repair): void {
    this.text = applyEdits(this.text, edits);
    // Last first, so that each is at the offsets of the text before it.
    for (const edit of [...edits].reverse()) {
      this.edits.push(edit);
    }
  }

  /** What a repair leaves behind its line; `undefined` where that takes too long to find out. */
  problemsAfter({ edits }: Repair, { at }: Problem): readonly Problem[] | undefined {
    const end = lineEnd(this.text, at);
    const doneUpTo = edits
      .filter(({ start }) => start <= end)
      .reduce((sum, { start, end, text }) => sum + text.length - end + start, end);
    return this.problemsIn(applyEdits(this.text, edits))?.filter((other) => other.at > doneUpTo);
  }

  /** Text without quotes that only shows once the rest can be read: an alias that is none. */
  unquotedLeft(): readonly Finding[] {
    const { source, text, limits } = this;
    const reading = this.edits.length === 0 ? undefined : readYaml({ ...source, text }, limits);
    if (reading === undefined || "offset" in reading) {
      return [];
    }
    return reading.findings.flatMap((finding) => {
      if (finding.code !== "unquoted-text" || finding.place instanceof Origin) {
        return [];
      }
      const { start, end } = finding.place;
      const place = { source, start: this.original(start), end: this.original(end) };
      return [unquoted(place, text.slice(start, end))];
    });
  }

  private problemsIn(text: string): readonly Problem[] | undefined {
    const { source, limits } = this;
    if (!("offset" in readYaml({ ...source, text }, limits))) {
      return [];
    }
    if (text.length > this.parsable) {
      return undefined;
    }
    this.parsable -= text.length;
    const documents = readDocuments(text, limits.depth);
    if (!Array.isArray(documents)) {
      return undefined;
    }
    const problems = new Problems(text);
    for (const document of documents.slice(0, 1)) {
      problems.add(document);
    }
    return problems.inOrder();
  }

  /** What is wrong, and its repair as a fix. */
  finding({ problem, start, end }: Problem, repair: Repair | undefined): Finding {
    const { source } = this;
    const stretch = repair?.place ?? { start, end };
    const place = { source, start: this.original(stretch.start), end: this.original(stretch.end) };
    const found = this.text.slice(stretch.start, stretch.end);
    const finding = findingOf(place, repair?.problem ?? problem, found);
    if (repair === undefined || repair.isGuess || finding.fixes !== undefined) {
      return finding;
    }
    if (repair.edits.some(({ start, end }) => this.isInserted(start) || this.isInserted(end))) {
      return finding;
    }
    const changes = repair.edits.map((edit) => ({
      start: this.original(edit.start),
      end: this.original(edit.end),
      text: edit.text,
    }));
    return {
      ...finding,
      fixes: [{ title: repair.title, applicability: "unsafe", source, changes }],
    };
  }

  private original(offset: number): number {
    return this.trace(offset).at;
  }

  /** Whether an offset is inside of what a repair inserted or moved. */
  private isInserted(offset: number): boolean {
    return this.trace(offset).isInserted;
  }

  /** Where an offset of the text is in that of the source; for what is not there, where it was put. */
  private trace(offset: number): { readonly at: number; readonly isInserted: boolean } {
    let at = offset;
    let isInserted = false;
    for (let index = this.edits.length - 1; index >= 0; index--) {
      const { start, end, text } = this.edits[index]!;
      if (at >= start + text.length) {
        at += end - start - text.length;
      } else if (at > start) {
        at = start;
        isInserted = true;
      }
    }
    return { at, isInserted };
  }
}

/** Of what has only one likely correction, the fix is known from the stretch itself. */
function findingOf(place: SourceSpan, problem: ProblemKind, found: string): Finding {
  if (problem === "unquoted") {
    return unquoted(place, found);
  }
  return problem === "spaceAfterColon"
    ? missingColonSpace(place)
    : syntaxError(place, problem, found);
}
