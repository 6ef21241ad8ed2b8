import { notSerializable, type Report } from "./diagnostics.js";
import type { Data } from "./document.js";
import { isList, isMap, PathValue, setEntry, type Special, type Value, type ValueMap } from "./inventory.js";
import { sortedKeys } from "./names.js";

/**
 * An assembled inventory as data: for `json` as Clan's own `inventory.json` has
 * it, with what JSON cannot hold reported; for `yaml` in this project's form.
 */
export function serialize(tree: ValueMap, to: "json" | "yaml", report: Report): Data {
  const writer: Writer = { special: to === "yaml" ? yamlForm : (form, write) => jsonForm(form, write, report) };
  const data: { [part: string]: Data } = {};
  for (const part of Object.keys(tree)) data[part] = write(tree[part]!, writer);
  return data;
}

interface Writer {
  readonly special: (form: Special, write: (value: Value) => Data) => Data;
}

function write(value: Value, writer: Writer): Data {
  if (isList(value)) return value.map((item) => write(item, writer));
  if (isMap(value)) return writeMap(value, writer);
  if (typeof value !== "object" || value === null || value.kind === "float") return value;
  return writer.special(value, (inner) => write(inner, writer));
}

function writeMap(map: ValueMap, writer: Writer): Data {
  const data: { [key: string]: Data } = {};
  for (const key of sortedKeys(map)) setEntry(data, key, write(map[key]!, writer));
  return data;
}

function jsonForm(form: Special, write: (value: Value) => Data, report: Report): Data {
  switch (form.kind) {
    case "override":
    case "order":
      return { _type: form.kind, content: write(form.content), priority: form.priority };
    case "if":
      return { _type: "if", condition: form.condition, content: write(form.content) };
    case "merge":
      return { _type: "merge", contents: write(form.contents) };
    default:
      report(notSerializable(form.origin, form.kind));
      return null;
  }
}

function yamlForm(form: Special, write: (value: Value) => Data): Data {
  switch (form.kind) {
    case "path":
      return { $path: pathText(form) };
    case "fileContents":
      return { $fileContents: pathText(form.file) };
    case "ref":
      return { $ref: form.names.map(referenceName).join(".") };
    case "nix":
      return { $nix: form.code };
    case "override":
      return shortForm({ 50: "$mkForce", 1000: "$mkDefault" }, "$mkOverride", form.priority, write(form.content));
    case "order":
      return shortForm({ 500: "$mkBefore", 1500: "$mkAfter" }, "$mkOrder", form.priority, write(form.content));
    case "if":
      return { _type: "if", condition: form.condition, content: write(form.content) };
    case "merge":
      return { _type: "merge", contents: write(form.contents) };
  }
}

function shortForm(short: Readonly<Record<number, string>>, long: string, priority: number, content: Data): Data {
  const name = short[priority];
  return name === undefined ? { [long]: [priority, content] } : { [name]: content };
}

/** Relative to the folder of the sources. */
function pathText({ path, absolute }: PathValue): string {
  if (absolute) return path === "" ? "/" : path;
  return path === "/.." || path.startsWith("/../") ? path.slice(1) : `.${path}`;
}

function referenceName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) ? name : `"${name.replace(/["\\$]/g, "\\$&")}"`;
}
