import { sortedKeys } from "./name-order.js";
import { isList, isMap, type Value } from "./value.js";

/** A text that two values share exactly if they mean the same; the order of keys does not count. */
export function fingerprint(value: Value): string {
  if (typeof value !== "object" || value === null) {
    return typeof value === "bigint" ? String(value) : JSON.stringify(value);
  }
  if (isList(value)) {
    return `[${value.map(fingerprint).join()}]`;
  }
  if (isMap(value)) {
    return `{${sortedKeys(value)
      .map((key) => `${JSON.stringify(key)}:${fingerprint(value[key]!)}`)
      .join()}}`;
  }
  switch (value.kind) {
    case "float":
      return `float ${Object.is(value.value, -0) ? "-0" : value.value}`;
    case "path":
      return `path ${value.absolute} ${JSON.stringify(value.path)}`;
    case "fileContents":
      return `fileContents ${fingerprint(value.file)}`;
    case "ref":
      return `ref ${JSON.stringify(value.names)}`;
    case "interpolate":
      return `interpolate [${value.parts.map(fingerprint).join()}]`;
    case "concat":
      return `concat [${value.parts.map((part) => fingerprint(part.kind === "list" ? part.items : part)).join()}]`;
    case "modulesIn":
      return `modulesIn ${fingerprint(value.folder)}`;
    case "nix":
      return `nix ${JSON.stringify(value.code)}`;
    case "unreadable":
      return value.kind;
    case "override":
    case "order":
      return `${value.kind} ${value.priority} ${fingerprint(value.content)}`;
    case "if":
      return `if ${value.condition} ${fingerprint(value.content)}`;
    case "merge":
      return `merge ${fingerprint(value.contents)}`;
  }
}
