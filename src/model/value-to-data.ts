import { type Branch, isBranch, type Tree } from "./assembly.js";
import { type Data, type DataMap, isDataMap } from "./data.js";
import { sortedKeys } from "./name-order.js";
import { formOf, nameOfPriority, specialForms } from "./special-forms.js";
import {
  type Concatenation,
  isList,
  isMap,
  type Order,
  type Override,
  type PathValue,
  type Property,
  type Reference,
  type Special,
  setEntry,
  type Value,
  type ValueMap,
} from "./value.js";

/** How a special form is written as data; `write` does its content. */
export type FormWriter = (form: Special, write: (value: Value) => Data) => Data;

/** A tree as data; branches that are one object become one. */
export function treeToData(
  tree: Tree,
  writeForm: FormWriter,
  known = new Map<Branch, Data>(),
): Data {
  if (!isBranch(tree)) {
    return toData(tree, writeForm);
  }
  const same = known.get(tree);
  if (same !== undefined) {
    return same;
  }
  const data: { [key: string]: Data } = {};
  known.set(tree, data);
  for (const [name, inner] of tree) {
    setEntry(data, name, treeToData(inner, writeForm, known));
  }
  return data;
}

/** A value as data: keys sorted, special forms as `writeForm` has them. */
export function toData(value: Value, writeForm: FormWriter): Data {
  if (isList(value)) {
    return value.map((item) => toData(item, writeForm));
  }
  if (isMap(value)) {
    return mapToData(value, writeForm);
  }
  if (typeof value !== "object" || value === null || value.kind === "float") {
    return value;
  }
  return writeForm(value, (inner) => toData(inner, writeForm));
}

/** The form that this project accepts: `{"$path": "./a"}`. */
export const ownForm: FormWriter = (form, write) => {
  switch (form.kind) {
    case "path":
      return { $path: pathText(form) };
    case "fileContents":
      return { $fileContents: pathText(form.file) };
    case "ref":
      return { $ref: referenceText(form) };
    case "interpolate":
      return { $interpolate: form.parts.map(interpolatedText).join("") };
    case "concat":
      return concatenated(form, write);
    case "modulesIn":
      return { $modulesIn: pathText(form.folder) };
    case "nix":
      return { $nix: form.code };
    case "override":
    case "order":
      return prioritized(form, write(form.content));
    case "if":
    case "merge":
      return typedForm(form, write);
    case "unreadable":
      return null;
  }
};

/** A property in nixpkgs' own form, which Nix understands as it is. */
export function typedForm(property: Property, write: (value: Value) => Data): DataMap {
  switch (property.kind) {
    case "override":
    case "order":
      return {
        _type: property.kind,
        content: write(property.content),
        priority: property.priority,
      };
    case "if":
      return { _type: "if", condition: property.condition, content: write(property.content) };
    case "merge":
      return { _type: "merge", contents: write(property.contents) };
  }
}

/** Whether data in this project's form is a map of settings, and no special form. */
export function isPlainMap(data: Data): data is DataMap {
  return isDataMap(data) && !Object.hasOwn(data, "_type") && formOf(data) === undefined;
}

function mapToData(map: ValueMap, writeForm: FormWriter): Data {
  const data: { [key: string]: Data } = {};
  for (const key of sortedKeys(map)) {
    setEntry(data, key, toData(map[key]!, writeForm));
  }
  return data;
}

/** `{"$mkForce": content}`, or `{"$mkOverride": [10, content]}`. */
function prioritized({ kind, priority }: Override | Order, content: Data): Data {
  const name = nameOfPriority(kind, priority);
  return { [`$${name}`]: "number" in specialForms[name] ? content : [priority, content] };
}

/** Relative to the folder of the sources. */
function pathText({ path, absolute }: PathValue): string {
  if (absolute) {
    return path === "" ? "/" : path;
  }
  return path === "/.." || path.startsWith("/../") ? path.slice(1) : `.${path}`;
}

/** A list, which may have folders of modules among its items; or what is joined in Nix. */
function concatenated({ parts }: Concatenation, write: (value: Value) => Data): Data {
  const isModuleList = parts.every(({ kind }) => kind !== "ref");
  const lists = parts.map((part) => {
    const data = part.kind === "list" ? part.items.map(write) : write(part);
    return isModuleList ? data : part.kind === "modulesIn" ? [data] : data;
  });
  return isModuleList ? lists.flat() : { $concat: lists };
}

function interpolatedText(part: string | Reference): string {
  return typeof part === "string" ? part.replaceAll("${", "$$${") : `\${${referenceText(part)}}`;
}

function referenceText({ names }: Reference): string {
  return names.map(referenceName).join(".");
}

function referenceName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) ? name : `"${name.replace(/["\\$]/g, "\\$&")}"`;
}
