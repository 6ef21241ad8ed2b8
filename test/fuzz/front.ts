import type * as fc from "fast-check";

/** One way into the compiler, to be fed with whatever comes. */
export interface Front<T> {
  /** Inputs that can be written as JSON, for the corpus. */
  readonly inputs: fc.Arbitrary<T>;
  /** Throws where the front does with an input what it must never do. */
  readonly check: (input: T) => void | Promise<void>;
  /** What is missing on this machine; absent where nothing is. */
  readonly lacks?: string;
}

/** How the process of a front ends, if nothing ends it. */
export const exitCodes = { passed: 0, failed: 1, skipped: 3 } as const;

export function ensure(holds: boolean, property: string): void {
  if (!holds) {
    throw new Error(`does not hold: ${property}`);
  }
}
