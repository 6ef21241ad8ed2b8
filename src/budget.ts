import { limitExceeded, type Report } from "./diagnostics.js";
import type { Origin } from "./source.js";

/** How much work a limit still allows. Once it is exceeded, which is reported, there is nothing left. */
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

  /** Whether there is enough left for this much work on what stands at `origin`. */
  spend(work: number, origin: Origin): boolean {
    if (this.isSpent) return false;
    this.left -= work;
    if (this.isSpent) this.report(limitExceeded(origin, this.limit, this.most));
    return !this.isSpent;
  }
}
