import type { Data } from "../model/data.js";
import { isFreeForm } from "../model/free-form.js";
import { Origin } from "../model/origin.js";
import { Float, isList } from "../model/value.js";
import type { Place, ProposedFix } from "./diagnostic.js";
import type { FindingDetails } from "./finding.js";
import { changeData, quote, removeEntry, replaceValue, wrapValue } from "./fixes.js";
import { sketch } from "./sketch.js";
import { clipped, yaml11Boolean } from "./words.js";

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
  const isEntry = typeof found === "string" && gluedEntry(found) !== undefined;
  if (expected.includes("array") && isScalar && !(isEntry && expected.includes("object"))) {
    return correctList(place, found);
  }
  if (expected.includes("string") && isList(found) && found.length === 1) {
    const [item] = found as readonly [Data];
    return typeof item === "string"
      ? { help: `write ${sketch(item)}`, fixes: replaceValue(place, item, sketch(item), "unsafe") }
      : {};
  }
  if (typeof found !== "string") {
    return {};
  }
  if (expected.includes("object")) {
    return correctEntry(place, found);
  }
  if (expected.includes("integer") && isInteger(found)) {
    const fixes = replaceValue(place, BigInt(found), found, "safe");
    return { help: `write ${clipped(found)} without quotes`, fixes };
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

/** Whether the text is an integer of at most 64 bits. */
function isInteger(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** A longer text is no list of names. */
const maxList = 1000;

/** `web, prod` was most likely meant as two items. */
function correctList(place: Place, found: Data): FindingDetails {
  if (typeof found !== "string") {
    return { help: "put it in brackets to make it a list", fixes: listOf(place) };
  }
  const words =
    found.length > maxList
      ? []
      : found
          .replace(/^\[|\]$/g, "")
          .split(/[,\s]+/)
          .filter((item) => item !== "");
  const isNames = place instanceof Origin && !isFreeForm(place.path);
  if (isNames && words.length > 0 && words.every((word) => /^-[^-]/.test(word))) {
    const items = words.map((word) => word.slice(1));
    const list = sketch(items);
    const fixes = replaceValue(place, items, list, "unsafe");
    return { help: `a space is missing after '-': write - ${items[0]!}, or ${list}`, fixes };
  }
  if (words.length > 1) {
    const list = sketch(words);
    return { help: `write a list: ${list}`, fixes: replaceValue(place, words, list, "unsafe") };
  }
  const [, item] = /^-(?=[^-])["']?([^"']+)["']?$/.exec(found) ?? [];
  if (item === undefined) {
    return { help: `write a list: ${sketch([found])}`, fixes: wrapValue(place, 0, "safe") };
  }
  return {
    help: `write - ${item} with a space, or a list: ${sketch([found])}`,
    fixes: [
      ...replaceValue(place, [item], sketch([item]), "unsafe"),
      ...wrapValue(place, 0, "unsafe"),
    ],
  };
}

/** `tags:[web]` lacks a space after its colon. */
function correctEntry(place: Place, found: string): FindingDetails {
  const entry = gluedEntry(found);
  if (entry === undefined) {
    return {};
  }
  const [key, value] = entry;
  const shown = `${key}: ${typeof value === "string" ? value : sketch(value)}`;
  return {
    help: `write ${shown}${found.includes(":") ? ", with a space" : ""}`,
    fixes: replaceValue(place, { [key]: value }, shown, "unsafe"),
  };
}

/** The entry that a text like `tags:[web]`, `laptop:{}` or `laptop {}` was meant to be. */
export function gluedEntry(text: string): readonly [key: string, value: Data] | undefined {
  const [, key, value] = /^([\w-]+)(?::(?=\S)|(?= +\{ *\}$))(.+)$/.exec(text) ?? [];
  const collection = value && collectionIn(value.trimStart());
  const isText = value !== undefined && /^[^\s:[\]{}"'/]+$/.test(value);
  return collection ? [key!, collection] : isText ? [key!, value] : undefined;
}

/** The empty map or the list of plain words that a text is. */
function collectionIn(text: string): Data | undefined {
  if (/^\{ *\}$/.test(text)) {
    return {};
  }
  const [, words] = /^\[([^[\]{}"']*)\]$/.exec(text) ?? [];
  return words
    ?.split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** The entry that a text like `port 80` or `tags - web` was meant to be, if `known` has such a key. */
export function spacedEntry(
  text: string,
  known: Iterable<string>,
): readonly [key: string, value: Data] | undefined {
  const [, key, value] = /^([\w-]+)(?: *= *| +)(\S.*)$/.exec(text) ?? [];
  if (key === undefined || !Array.from(known).includes(key)) {
    return undefined;
  }
  if (value!.startsWith("- ")) {
    return [key, value!.slice(2).split(" - ")];
  }
  const isData = /^(?:true|false|0|[1-9]\d{0,14})$/.test(value!);
  return [key, collectionIn(value!) ?? (isData ? JSON.parse(value!) : value!)];
}

/** Outside of settings, lists hold strings. */
function listOf(place: Place): readonly ProposedFix[] {
  return changeData(place, "put it in a list", "safe", (path) => [
    ...(isFreeForm(path) ? [] : [{ kind: "quoteValue", path } as const]),
    { kind: "wrapValue", path, step: 0 },
  ]);
}
