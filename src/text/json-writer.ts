import type { Data, DataMap } from "../document.js";
import { Float } from "../inventory.js";
import { orderedKeys } from "../names.js";

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
  const map = data as DataMap;
  const keys = orderedKeys(map);
  if (keys.length === 0) return "{}";
  return `{${deeper}${keys.map((key) => `${JSON.stringify(key)}: ${write(map[key]!, deeper)}`).join(`,${deeper}`)}${newLine}}`;
}
