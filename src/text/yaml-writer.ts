import { type Data, type DataMap, isDataMap } from "../model/data.js";
import { orderedKeys } from "../model/name-order.js";
import { oddSign } from "../model/odd-text.js";
import { longestOutput } from "../model/options.js";
import { formOf } from "../model/special-forms.js";
import { Float, isList, isMap } from "../model/value.js";
import { Lines } from "./line-buffer.js";

/**
 * Writes block-style YAML that `parse` and every reader of YAML 1.1 or 1.2
 * read back as `value`. Special forms become tags. More than `most` UTF-16 units
 * make it throw `TextTooLong`.
 */
export function writeYaml(value: Data, most: number = longestOutput): string {
  const lines = new Lines(most);
  writeNode(value, "", "", false, lines);
  return lines.text();
}

/**
 * Appends the lines of a value: `lead` is what comes before it on its line,
 * `indent` the indentation of what is inside. Where `isCompact`, a map or list
 * may start on the line of `lead`. A form directly inside another gets no tag, because
 * a node has only one.
 */
function writeNode(
  value: Data,
  lead: string,
  indent: string,
  isCompact: boolean,
  lines: Lines,
): void {
  const form = isDataMap(value) ? formOf(value) : undefined;
  if (form === undefined) {
    writeUntagged(value, lead, indent, isCompact, lines);
  } else {
    writeUntagged(form.argument, `${lead}!${form.name} `, indent, false, lines);
  }
}

function writeUntagged(
  value: Data,
  lead: string,
  indent: string,
  isCompact: boolean,
  lines: Lines,
): void {
  if (typeof value === "string" && isLiteral(value)) {
    return writeLiteral(value, lead, indent === "" ? "  " : indent, lines);
  }
  if (!hasEntries(value)) {
    lines.push(`${lead}${scalarText(value)}`);
    return;
  }
  const startsHere = isCompact || lead === "";
  if (!startsHere) {
    lines.push(lead.trimEnd());
  }
  let start = startsHere ? lead : indent;
  if (isList(value)) {
    for (const item of value) {
      writeNode(item, `${start}- `, `${indent}  `, true, lines);
      start = indent;
    }
    return;
  }
  const map = value as DataMap;
  for (const key of orderedKeys(map)) {
    writeNode(map[key]!, keyText(key, start, indent, lines), `${indent}  `, false, lines);
    start = indent;
  }
}

function hasEntries(value: Data): boolean {
  return isList(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0;
}

/**
 * The key with its colon; a key that is too long for one line with its value gets a line of its
 * own.
 */
function keyText(key: string, start: string, indent: string, lines: Lines): string {
  const text = stringText(key);
  if (text.length <= 1000) {
    return `${start}${text}: `;
  }
  lines.push(`${start}? ${text}`);
  return `${indent}: `;
}

/** A value without entries: a scalar, or an empty map or list. */
export function scalarText(value: Data): string {
  if (value instanceof Float) {
    return floatText(value.value);
  }
  switch (typeof value) {
    case "string":
      return stringText(value);
    case "number":
      return Number.isInteger(value) ? String(value) : floatText(value);
    case "object":
      return isList(value) ? "[]" : value === null ? "null" : "{}";
    default:
      return String(value);
  }
}

/** YAML 1.1 takes a number for a float only where it has a dot. */
function floatText(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : text.replace(/^-?\d+/, "$&.0");
}

export const printable =
  "\\u00a1-\\u1fff\\u2010-\\u2027\\u2030-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\u{10000}-\\u{10ffff}";
const plain = new RegExp(
  `^(?:[A-Za-z_$/${printable}]|\\.{1,2}/)[\\w ./@+,;:#=()~$%&*!?<>|^'"\\\\${printable}-]*$`,
  "u",
);
const literal = new RegExp(`^[\\t\\n -~${printable}]*$`, "u");

export function stringText(value: string): string {
  const isPlain =
    plain.test(value) &&
    !/: | #|[ :]$/.test(value) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value) &&
    oddSign(value) === undefined;
  return isPlain ? value : quoted(value);
}

/**
 * JSON's quoting, which is YAML's, with escapes for what YAML 1.1 takes for line breaks or refuses.
 */
export function quoted(value: string): string {
  const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g, escape);
}

/** Whether a block text holds a string exactly, for every reader. */
export function isLiteral(value: string): boolean {
  return (
    value.includes("\n") && literal.test(value) && !/^\s/.test(value) && !/^[ \t]+$/m.test(value)
  );
}

function writeLiteral(value: string, lead: string, indent: string, lines: Lines): void {
  const chomping = !value.endsWith("\n") ? "-" : value.endsWith("\n\n") ? "+" : "";
  lines.push(`${lead}|${chomping}`);
  const content = chomping === "-" ? value : value.slice(0, -1);
  for (const line of content.split("\n")) {
    lines.push(line === "" ? "" : indent + line);
  }
}
