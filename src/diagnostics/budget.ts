import type { Origin } from "../model/origin.js";
import type { Finding, Report, Severity } from "./diagnostic.js";
import { limitExceeded } from "./output-messages.js";

/**
 * How much work a limit still allows. Once it is exceeded, which is reported, there is nothing
 * left.
 */
export class Budget {
  private left: number;

  /** Each piece of work takes `weight` of the limit. */
  constructor(
    private readonly limit: Parameters<typeof limitExceeded>[1],
    private readonly most: number,
    private readonly report: Report,
    weight = 1,
  ) {
    this.left = Math.floor(most / weight);
  }

  get isSpent(): boolean {
    return this.left < 0;
  }

  /** Whether there is enough left for this much work on what is there. */
  spend(work: number, at: { readonly origin: Origin }): boolean {
    if (this.isSpent) {
      return false;
    }
    this.left -= work;
    if (this.isSpent) {
      this.report(limitExceeded(at.origin, this.limit, this.most));
    }
    return !this.isSpent;
  }
}

/** A text may hold millions of mistakes: nobody reads them, and no memory holds them. */
export const maxErrors = 1000;
export const maxWarnings = 10_000;
/** UTF-16 units of what all errors say, and twice as many of the other findings. */
const maxWords = 2 ** 20;
/** What it takes to say where a place is. */
const wordsOfPlace = 150;

/** Thrown where so many errors are found that the search ends. */
class TooManyErrors extends Error {}

export interface Collected<T> {
  /** Absent where there are too many errors. */
  readonly result?: T;
  readonly findings: readonly Finding[];
}

/**
 * What `work` returns, and what it reports. It ends at {@link maxErrors} errors, or at fewer that
 * say very much; warnings beyond such limits are left out.
 */
export function collect<T>(work: (report: Report) => T): Collected<T> {
  const findings: Finding[] = [];
  const errors = { count: 0, words: 0 };
  const others = { count: 0, words: 0 };
  const report: Report = (finding) => {
    const isError = finding.severity === "error";
    const kept = isError ? errors : others;
    if (!isError && (others.count >= maxWarnings || others.words >= 2 * maxWords)) {
      return;
    }
    findings.push(finding);
    kept.count++;
    kept.words += wordsIn(finding);
    if (errors.count >= maxErrors || errors.words >= maxWords) {
      throw new TooManyErrors();
    }
  };
  try {
    return { result: work(report), findings };
  } catch (error) {
    if (error instanceof TooManyErrors) {
      return { findings };
    }
    throw error;
  }
}

function wordsIn({ message, help = "", related }: Finding): number {
  return related.reduce(
    (sum, { message }) => sum + wordsOfPlace + message.length,
    message.length + help.length,
  );
}

/** Whether so much was found that there may be more. */
export function mayBeCut(found: readonly { readonly severity: Severity }[]): boolean {
  const errors = found.filter(({ severity }) => severity === "error").length;
  return errors >= maxErrors || found.length >= maxWarnings;
}
