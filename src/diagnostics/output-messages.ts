import type { Limits } from "../model/options.js";
import type { Finding, Place } from "./diagnostic.js";
import { error } from "./finding.js";

/** `most` is in UTF-16 units. */
export function answerTooLong(place: Place, most: number): Finding {
  return error("limit-exceeded", place, `the answer would be longer than ${most} characters`, {
    help: "ask to explain one machine, or one instance of it, at a time",
  });
}

export function limitExceeded(
  place: Place,
  limit: Exclude<keyof Limits, "output">,
  most: number,
): Finding {
  const problems = {
    checks: `holding the settings against what is known of services takes more than ${most} steps`,
    depth: `maps and lists nest deeper than ${most} levels`,
    members: `tags stand for more than ${most} machines, counted anew in each role and selector`,
    values: `the inventory has more than ${most} values, counting aliases as what they stand for`,
    patterns: `the patterns of computed tags would be compared with more than ${most} tags`,
    settings: `the merged settings of all members come to more than ${most} values`,
    size: `the text is longer than ${most} characters`,
  };
  return error("limit-exceeded", place, problems[limit], {
    help: `the library's option 'limits.${limit}' sets this limit`,
  });
}

export function notSerializable(place: Place, form: string): Finding {
  return error("not-serializable", place, `JSON cannot hold this (${form})`, {
    help: "use --to nix or --to yaml",
  });
}

export function outputTooLong(place: Place, most: number, emit: "resolved" | "declared"): Finding {
  const help =
    "emit the inventory as 'declared': there the settings of a tag stand once, not with every member";
  return error(
    "limit-exceeded",
    place,
    `the output would be longer than ${most} characters`,
    emit === "resolved" ? { help } : {},
  );
}
