import type { Document } from "../model/document.js";
import type { IgnoreComment, NamedCode } from "../model/ignore-comment.js";
import { Origin } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { codes, isCode } from "./codes.js";
import type { Finding } from "./diagnostic.js";
import { emptyIgnore, unknownIgnore, unsilenceable, unusedIgnore } from "./ignore-messages.js";
import { rangeFinder } from "./locate.js";
import { isFirm } from "./severities.js";
import { Tracer } from "./tracer.js";

/** A source that was read, and the comments in it that silence findings. */
interface Commented {
  readonly source: Source;
  readonly document: Document | undefined;
  readonly ignores: readonly IgnoreComment[];
}

/**
 * The findings that no comment silences, and those about comments that silence nothing. These wait
 * until there is no error, which may hide what they are for.
 */
export function silence(
  findings: readonly Finding[],
  readings: readonly Commented[],
): readonly Finding[] {
  if (readings.every(({ ignores }) => ignores.length === 0)) {
    return findings;
  }
  const targets = new Map(readings.map(({ source, ignores }) => [source, new Targets(ignores)]));
  const documents = new Map(readings.map(({ source, document }) => [source, document]));
  const rangeOf = rangeFinder(documents);
  const tracer = new Tracer(documents);
  const heard = findings.filter((finding) => {
    const { code } = finding;
    const place =
      finding.place instanceof Origin ? tracer.writtenAt(finding.place).origin : finding.place;
    const its = targets.get(place.source)!;
    return !its.names.has(code) || isFirm(finding) || !its.hit(code, rangeOf(place).start.line);
  });
  const isWhole = heard.every(({ severity }) => severity !== "error");
  const idle: Finding[] = [];
  for (const { source, ignores } of readings) {
    for (const { finding, isCertain } of mistakesIn(ignores, source, targets.get(source)!)) {
      if (idle.length === maxIdle) {
        break;
      }
      if (isCertain || isWhole) {
        idle.push(finding);
      }
    }
  }
  return [...heard, ...idle];
}

/** So many are reported: a text may hold any number. */
const maxIdle = 1000;

/** What the comments of a source are for, and whether it was there. */
class Targets {
  readonly names: ReadonlySet<string>;
  private readonly isHit: Map<string, boolean>;

  constructor(comments: readonly IgnoreComment[]) {
    const all = comments.flatMap(({ codes, line }) => codes.map(({ name }) => ({ name, line })));
    this.names = new Set(all.map(({ name }) => name));
    this.isHit = new Map(all.map(({ name, line }) => [targetOf(name, line), false]));
  }

  /** Notes a finding; answers whether a comment is for it. */
  hit(code: string, line: number): boolean {
    const target = targetOf(code, line);
    const isTarget = this.isHit.has(target);
    if (isTarget) {
      this.isHit.set(target, true);
    }
    return isTarget;
  }

  wasHit(code: string, line: number): boolean {
    return this.isHit.get(targetOf(code, line)) === true;
  }
}

function targetOf(code: string, line: number): string {
  return `${code} ${line}`;
}

/** A finding about a comment; certain if it is true whatever an error may hide. */
interface Idle {
  readonly finding: Finding;
  readonly isCertain: boolean;
}

function* mistakesIn(
  comments: readonly IgnoreComment[],
  source: Source,
  targets: Targets,
): Iterable<Idle> {
  for (const comment of comments) {
    const { codes: named, start, end } = comment;
    if (named.length === 0) {
      yield { finding: emptyIgnore({ source, start, end }), isCertain: true };
    }
    for (const code of named) {
      if (!targets.wasHit(code.name, comment.line)) {
        yield mistakeIn(code, comment, source);
      }
    }
  }
}

function mistakeIn(code: NamedCode, comment: IgnoreComment, source: Source): Idle {
  const { name, start, end } = code;
  const place = { source, start, end };
  if (!isCode(name)) {
    return { finding: unknownIgnore(place, name, Object.keys(codes)), isCertain: true };
  }
  return codes[name].staysError
    ? { finding: unsilenceable(place, name), isCertain: true }
    : { finding: unusedIgnore(source, comment, code), isCertain: false };
}
