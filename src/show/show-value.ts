import { type Data, type DataMap, isDataMap } from "../model/data.js";
import { sortedKeys } from "../model/name-order.js";
import { formOf } from "../model/special-forms.js";
import { Float } from "../model/value.js";

/** A value on one line, as YAML with this project's tags. */
export function showValue(data: Data): string {
  if (Array.isArray(data)) {
    return `[${data.map(showValue).join(", ")}]`;
  }
  if (isDataMap(data)) {
    return showForm(data) ?? showMap(data);
  }
  if (data instanceof Float) {
    return Number.isInteger(data.value) && Math.abs(data.value) < 1e21
      ? data.value.toFixed(1)
      : String(data.value);
  }
  return typeof data === "string" ? showString(data) : String(data);
}

function showForm(data: DataMap): string | undefined {
  const form = formOf(data);
  if (form !== undefined) {
    return `!${form.name} ${showValue(form.argument)}`;
  }
  const contents = data["_type"] === "merge" ? data["contents"] : undefined;
  return Array.isArray(contents) ? `merge of ${contents.map(showValue).join(" and ")}` : undefined;
}

function showMap(map: DataMap): string {
  return `{${sortedKeys(map)
    .map((key) => `${showString(key)}: ${showValue(map[key]!)}`)
    .join(", ")}}`;
}

/** Plain if it can only be read as a string, else in double quotes. */
function showString(text: string): string {
  return /^[A-Za-z_./~][A-Za-z0-9_./@+=:-]*$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|y|n|~)$|:$/i.test(text)
    ? text
    : JSON.stringify(text);
}
