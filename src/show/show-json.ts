import type { Data } from "../model/data.js";
import { longestAnswer } from "../model/options.js";
import type { Difference } from "../questions/diff.js";
import type { Explanation } from "../questions/explanation.js";
import type { Plan } from "../questions/plan.js";
import { writeJson } from "../text/json-writer.js";

export type Answer = Plan | Explanation | Difference;

/**
 * An answer for programs, as from `JSON.stringify`, except that integers beyond 2^53 and floats like
 * `1.0` keep their value. Throws a `RangeError` if the text is longer than 2^26 UTF-16 units.
 */
export function showJson(answer: Answer): string {
  return writeJson(answer as unknown as Data, longestAnswer);
}
