import type { Data } from "../model/data.js";
import { isFreeForm } from "../model/free-form.js";
import { Origin } from "../model/origin.js";
import { Float } from "../model/value.js";
import type { Place, ProposedFix } from "./diagnostic.js";
import type { FindingDetails } from "./finding.js";
import { changeData, quote, removeEntry, replaceValue, wrapValue } from "./fixes.js";
import { inline, yaml11Boolean } from "./words.js";

/**
 * What to write instead of a value of the wrong type, if anything. It repeats only strings: other
 * scalars may have been written differently, as `0x10` or `True`.
 */
export function correctType(
  place: Place,
  expected: readonly string[],
  found: Data,
): FindingDetails {
  const isScalar = typeof found !== "object" || found instanceof Float;
  if (found === null) {
    return { help: "remove the empty entry", fixes: removeEntry(place, "unsafe") };
  }
  if (expected.includes("string") && isScalar) {
    return { help: "put it in quotes", fixes: quote(place, "safe") };
  }
  if (expected.includes("array") && isScalar) {
    return correctList(place, found);
  }
  if (typeof found !== "string") {
    return {};
  }
  if (expected.includes("object")) {
    return correctEntry(place, found);
  }
  if (expected.includes("integer") && /^-?\d+$/.test(found)) {
    const fixes = replaceValue(place, BigInt(found), found, "safe");
    return { help: `write ${found} without quotes`, fixes };
  }
  if (expected.includes("boolean")) {
    const boolean = yaml11Boolean(found);
    return boolean === undefined
      ? { help: "write true or false without quotes" }
      : {
          help: `write ${boolean} without quotes`,
          fixes: replaceValue(place, boolean, `${boolean}`, "safe"),
        };
  }
  return {};
}

/** `web, prod` was most likely meant as two items. */
function correctList(place: Place, found: Data): FindingDetails {
  if (typeof found !== "string") {
    return { help: "put it in brackets to make it a list", fixes: listOf(place) };
  }
  const words = found.split(/[,\s]+/).filter((item) => item !== "");
  const isNames = place instanceof Origin && !isFreeForm(place.path);
  if (isNames && words.every((word) => /^-[^-]/.test(word))) {
    const items = words.map((word) => word.slice(1));
    const list = `[${items.join(", ")}]`;
    const fixes = replaceValue(place, items, list, "unsafe");
    return { help: `a space is missing after '-': write - ${items[0]!}, or ${list}`, fixes };
  }
  if (words.length > 1) {
    const list = `[${words.join(", ")}]`;
    return { help: `write a list: ${list}`, fixes: replaceValue(place, words, list, "unsafe") };
  }
  return { help: `write a list: ${inline([found])}`, fixes: wrapValue(place, 0, "safe") };
}

/** `tags:[web]` lacks a space after its colon. */
function correctEntry(place: Place, found: string): FindingDetails {
  const [, key, list, text] =
    /^([\w-]+):(?:\[([^[\]{}"']*)\]|([^\s:[\]{}"'/]+))$/.exec(found) ?? [];
  if (key === undefined) {
    return {};
  }
  const items = list?.split(",").map((item) => item.trim());
  const shown = `${key}: ${items === undefined ? text : `[${items.join(", ")}]`}`;
  return {
    help: `write ${shown}, with a space`,
    fixes: replaceValue(place, { [key]: items ?? text! }, shown, "unsafe"),
  };
}

/** Outside of settings, lists hold strings. */
function listOf(place: Place): readonly ProposedFix[] {
  return changeData(place, "put it in a list", "safe", (path) => [
    ...(isFreeForm(path) ? [] : [{ kind: "quoteValue", path } as const]),
    { kind: "wrapValue", path, step: 0 },
  ]);
}
