import type { Data, DataMap } from "../model/data.js";
import { orderedKeys } from "../model/name-order.js";
import { longestOutput } from "../model/options.js";
import { Float, isMap } from "../model/value.js";
import { forJson } from "./escape.js";
import { Lines } from "./line-buffer.js";

/**
 * JSON text, indented by two spaces, with a final newline; ints and floats keep
 * their kind and value. More than `most` UTF-16 units make it throw `TextTooLong`.
 */
export function writeJson(data: Data, most: number = longestOutput): string {
  const lines = new Lines(most);
  write(data, "", "", "", lines);
  return lines.text();
}

/**
 * Appends the lines of a value: `lead` comes before it and `after` behind it, `indent` is the
 * indentation of its last line.
 */
function write(data: Data, lead: string, indent: string, after: string, lines: Lines): void {
  const inside = `${indent}  `;
  if (Array.isArray(data) && data.length > 0) {
    lines.push(`${lead}[`);
    data.forEach((item: Data, index) =>
      write(item, inside, inside, index + 1 < data.length ? "," : "", lines),
    );
    lines.push(`${indent}]${after}`);
    return;
  }
  const keys = isMap(data) ? orderedKeys(data) : [];
  if (keys.length > 0) {
    lines.push(`${lead}{`);
    keys.forEach((key, index) =>
      write(
        (data as DataMap)[key]!,
        `${inside}${forJson(JSON.stringify(key))}: `,
        inside,
        index + 1 < keys.length ? "," : "",
        lines,
      ),
    );
    lines.push(`${indent}}${after}`);
    return;
  }
  lines.push(`${lead}${forJson(scalarText(data))}${after}`);
}

/** A value without entries. */
export function scalarText(data: Data): string {
  if (data instanceof Float) {
    return Object.is(data.value, -0) ? "-0.0" : String(data.value).replace(/^-?\d+$/, "$&.0");
  }
  return typeof data === "bigint" ? String(data) : JSON.stringify(data);
}
