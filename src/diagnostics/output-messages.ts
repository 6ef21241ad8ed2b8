import type { Limits } from "../model/options.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, note } from "./finding.js";
import { listed } from "./words.js";

/** `limit` is in UTF-16 units. */
export function answerTooLong(place: Place, limit: number): Finding {
  return error("limit-exceeded", place, `the answer would be longer than ${limit} characters`, {
    help: "explain one machine, or one of its instances, at a time",
  });
}

export function commentsLeftOut(place: Place, count: number): Finding {
  const comments = count === 1 ? "a comment" : `${count} comments, from here on`;
  return note("left-out", place, `the output leaves out ${comments}`);
}

/** `keys` are some at the root. */
export function keysLeftOut(place: Place, keys: readonly string[]): Finding {
  return note("left-out", place, `the output leaves out ${listed(keys)}`, {
    help: `what is ${keys.includes("values") ? "named" : "anchored"} there is written out where it is used`,
  });
}

export function limitExceeded(
  place: Place,
  name: Exclude<keyof Limits, "output">,
  limit: number,
): Finding {
  const problems = {
    checks: `checking the settings against the catalogue takes more than ${limit} steps`,
    depth: `maps and lists are nested deeper than ${limit} levels`,
    members: `tags expand to more than ${limit} machines, counted again for each role and selector`,
    values: `the inventory has more than ${limit} values, counting aliases as what they refer to`,
    patterns: `the patterns of computed tags would be compared with more than ${limit} tags`,
    settings: `the merged settings of all members add up to more than ${limit} values`,
    size: `the text is longer than ${limit} characters`,
  };
  return error("limit-exceeded", place, problems[name], {
    help: `the library's option 'limits.${name}' sets this limit`,
  });
}

/** `form` is the kind of a special form. */
export function notSerializable(place: Place, form: string): Finding {
  return error("not-serializable", place, `JSON cannot represent this (${form})`, {
    help: `use --to nix or --to yaml${form === "interpolate" ? ", or write the text out" : form === "concat" || form === "modulesIn" ? ", or write the list out" : ""}`,
  });
}

/** `limit` is in UTF-16 units. */
export function outputTooLong(place: Place, limit: number, emit: "resolved" | "declared"): Finding {
  return error("limit-exceeded", place, `the output would be longer than ${limit} characters`, {
    ...(emit === "resolved" && {
      help: "use --emit declared, which writes the settings of a tag once, not for every member",
    }),
  });
}

/** `folders` are those inside the one that the place's file is in, by the names to give them. */
export function skippedFolders(place: Place, folders: readonly string[]): Finding {
  const others = folders.length > 3 ? ` and ${folders.length - 3} more` : "";
  const shown = `${folders
    .slice(0, 3)
    .map((folder) => `'${folder}'`)
    .join(", ")}${others}`;
  return note("skipped-folder", place, `the files in ${shown} are not part of the inventory`, {
    help: `if they are, name ${folders.length === 1 ? "the folder" : "the folders"}, too`,
  });
}

/** `place` is where the file first differs from the output. */
export function staleOutput(place: Place, exists: boolean): Finding {
  const message = exists
    ? "this file is not current: the output differs from here on"
    : "this file does not exist yet";
  return error("stale-output", place, message, {
    help: "run the same command without '--check' to write it",
  });
}

/** `why` is the reason of the system. */
export function unreadableInput(place: Place, why: string): Finding {
  return error("unreadable-input", place, `cannot be read: ${why}`);
}
