import type { Origin } from "../model/origin.js";
import type { Finding, Report } from "./diagnostic.js";
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

  /** Whether there is enough left for this much work on what stands there. */
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
export const mostErrors = 1000;
const mostWarnings = 10_000;

/** Thrown where so many errors are found that no more are looked for. */
class TooManyErrors extends Error {}

/**
 * Adds what is reported to `findings`, but for warnings beyond many; it must be called in a {@link
 * whileFewErrors}.
 */
export function collect(findings: Finding[]): Report {
  let errors = 0;
  return (finding) => {
    if (finding.severity === "warning" && findings.length >= mostWarnings) {
      return;
    }
    findings.push(finding);
    if (finding.severity === "error" && ++errors >= mostErrors) {
      throw new TooManyErrors();
    }
  };
}

/** What `work` makes; `undefined` where it finds too many errors. */
export function whileFewErrors<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TooManyErrors)) {
      throw error;
    }
    return undefined;
  }
}
