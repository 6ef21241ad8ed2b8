import type { Data } from "../document.js";
import { Float } from "../inventory.js";

/** JSON text, indented by two spaces, with a final newline; ints and floats keep their kind and value. */
export function writeJson(data: Data): string {
  return `${write(data, "\n")}\n`;
}

/** `newLine` is a line break with the indentation of the value. */
function write(data: Data, newLine: string): string {
  if (data instanceof Float) return Object.is(data.value, -0) ? "-0.0" : String(data.value).replace(/^-?\d+$/, "$&.0");
  if (typeof data === "bigint") return String(data);
  if (typeof data !== "object" || data === null) return JSON.stringify(data);
  const deeper = `${newLine}  `;
  if (Array.isArray(data)) {
    if (data.length === 0) return "[]";
    return `[${deeper}${data.map((item: Data) => write(item, deeper)).join(`,${deeper}`)}${newLine}]`;
  }
  const entries = Object.entries(data);
  if (entries.length === 0) return "{}";
  return `{${deeper}${entries.map(([key, value]) => `${JSON.stringify(key)}: ${write(value, deeper)}`).join(`,${deeper}`)}${newLine}}`;
}
