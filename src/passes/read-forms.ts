/**
 * Reads values that may hold special forms: settings and modules.
 * Data without any form is handed on as the object it is.
 */
import type { Finding, Report } from "../diagnostics/diagnostic.js";
import {
  formArgument,
  formNesting,
  formWithOtherKeys,
  impurePath,
  incompleteForm,
  internalForm,
  interpolatedReference,
  invalidModule,
  invalidModuleContent,
  invalidPath,
  invalidReference,
  lostForm,
  notAMap,
  rawNixNotAllowed,
  referenceAsPath,
  reservedReference,
  reservedSetting,
  uncallableKey,
  unknownLoneKey,
  unknownType,
  wrongField,
} from "../diagnostics/form-messages.js";
import { invalidType } from "../diagnostics/shape-messages.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import type { Definition } from "../model/inventory.js";
import type { Origin } from "../model/origin.js";
import { normalizePath } from "../model/paths.js";
import {
  FileContents,
  If,
  isMap,
  isOpaque,
  isSpecial,
  Merge,
  Order,
  Override,
  PathValue,
  type Property,
  RawNix,
  Reference,
  type Special,
  setEntry,
  type Value,
  type ValueMap,
} from "../model/value.js";

export interface FormContext {
  /** The folder of the source below `root`: empty for `root` itself, else `/sub/folder`. */
  readonly folder: string;
  readonly allowNix: boolean;
}

/**
 * Reads one `settings` map into what it defines: usually one map. The long form
 * (`config` alone) becomes the short one, properties around it are taken off.
 */
export function readSettings(
  data: Data,
  origin: Origin,
  context: FormContext,
  report: Report,
): readonly Definition[] {
  const settings = readValue(data, origin, context, report);
  return wholeSettings(settings, origin, report).flatMap((definition) => {
    const { value } = definition;
    const isLong = Object.hasOwn(value, "config");
    if (isLong && Object.keys(value).length > 1) {
      report(reservedSetting(definition.origin.at("config").asKey(), "config"));
    }
    const short = isLong
      ? pushDown(value["config"]!, definition.origin.at("config"), report)
      : [definition];
    return short.map((part) => withoutReserved(part, isLong, report));
  });
}

/** Reads an entry of `extraModules`, or of `imports` in an inline module. */
export function readExtraModule(
  data: Data,
  origin: Origin,
  context: FormContext,
  report: Report,
): Value {
  if (typeof data === "string") {
    if (looksLikeReference(data)) {
      report(referenceAsPath(origin, data));
    }
    return readPath(data, origin, context, report) ?? null;
  }
  if (!isDataMap(data)) {
    report(invalidModule(origin));
    return null;
  }
  if (!Object.hasOwn(data, "imports")) {
    return asModule(readValue(data, origin, context, report), origin, report);
  }

  const imports = data["imports"] ?? [];
  const at = origin.at("imports");
  if (!Array.isArray(imports)) {
    report(invalidType(at, ["array"], imports));
    return null;
  }
  const modules = imports.map((entry: Data, index) =>
    readExtraModule(entry, at.at(index), context, report),
  );
  const rest = readValue({ ...data, imports: null }, origin, context, report);
  return isMap(rest) ? { ...rest, imports: modules } : null;
}

/**
 * A map, also behind `if`s. Clan's option `settings` takes other properties off and forgets them.
 */
function wholeSettings(value: Value, origin: Origin, report: Report): readonly Definition[] {
  if (value === null || isUnread(value)) {
    return [];
  }
  if (isMap(value)) {
    return [{ value, origin }];
  }
  if (value instanceof If) {
    return value.condition ? wholeSettings(value.content, value.origin, report) : [];
  }
  report(isProperty(value) ? lostForm(origin, nameOf(value)) : notAMap(origin, isSpecial(value)));
  return [];
}

/**
 * The maps that a `config` comes to. The module system pushes properties around it down to the
 * values.
 */
function pushDown(value: Value, origin: Origin, report: Report): readonly Definition[] {
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) =>
      pushDown(content, value.origin.at(index), report),
    );
  }
  if (value instanceof If) {
    return value.condition ? pushDown(value.content, value.origin, report) : [];
  }
  if (!(value instanceof Override && isMap(value.content))) {
    return wholeSettings(value, origin, report);
  }
  return [{ value: pushPriority(value, report), origin: value.origin }];
}

/** The map in an `Override`, with the priority on its values. */
function pushPriority({ priority, content, origin }: Override, report: Report): ValueMap {
  const pushed = {};
  for (const [key, value] of Object.entries(content as ValueMap)) {
    setEntry<Value>(
      pushed,
      key,
      checkNesting(new Override(priority, value, origin.at(key)), report),
    );
  }
  return pushed;
}

/** In the long form only what is the module system's own option cannot be a setting. */
function withoutReserved(definition: Definition, isLong: boolean, report: Report): Definition {
  const { value, origin } = definition;
  const reserved = (isLong ? ["_module"] : ["_module", "imports", "options"]).filter((key) =>
    Object.hasOwn(value, key),
  );
  if (reserved.length === 0) {
    return definition;
  }
  for (const key of reserved) {
    report(reservedSetting(origin.at(key).asKey(), key));
  }
  const kept = copyMap(value);
  for (const key of reserved) {
    delete kept[key];
  }
  return { value: kept, origin };
}

function asModule(value: Value, origin: Origin, report: Report): Value {
  if (value instanceof If || value instanceof Override) {
    checkConfig(value, origin, nameOf(value), report);
  } else if (!isMap(value) && !(value instanceof PathValue || isOpaque(value))) {
    report(invalidModule(origin));
  }
  return value;
}

/**
 * With a property around it a module is what `config` is: a map of options, in which `imports` is
 * none.
 */
function checkConfig(value: Value, origin: Origin, form: string, report: Report): void {
  if (value instanceof Override && isMap(value.content)) {
    pushPriority(value, report);
  }
  if (value instanceof If || value instanceof Override) {
    checkConfig(value.content, value.origin, form, report);
  } else if (value instanceof Merge) {
    value.contents.forEach((content, index) =>
      checkConfig(content, value.origin.at(index), form, report),
    );
  } else if (isMap(value) && Object.hasOwn(value, "imports")) {
    report(invalidModuleContent(origin.at("imports").asKey(), form));
  } else if (!isMap(value) && !isOpaque(value)) {
    report(invalidModuleContent(origin, form));
  }
}

function readValue(data: Data, origin: Origin, context: FormContext, report: Report): Value {
  if (Array.isArray(data)) {
    return readList(data, origin, context, report);
  }
  if (!isDataMap(data)) {
    return data;
  }
  const keys = Object.keys(data);
  if (keys.length === 1 && Object.hasOwn(forms, keys[0]!)) {
    const name = keys[0]! as FormName;
    return (
      forms[name](data[name]!, { name, origin: origin.at(name), context, report }) ?? unread(origin)
    );
  }
  if (Object.hasOwn(data, "_type") && typeof data["_type"] === "string") {
    const typed = readTypedForm(data, origin, context, report);
    if (typed !== undefined) {
      return typed;
    }
  }
  return readMap(data, keys, origin, context, report);
}

/** Stands for a form that is broken: like a reference, a value of which nothing is known. */
function unread(origin: Origin): Reference {
  return new Reference([], origin);
}

function isUnread(value: Value): boolean {
  return value instanceof Reference && value.names.length === 0;
}

function readList(
  list: readonly Data[],
  origin: Origin,
  context: FormContext,
  report: Report,
): readonly Value[] {
  let copy: Value[] | undefined;
  list.forEach((item, index) => {
    if (typeof item !== "object" || item === null) {
      return;
    }
    const value = readValue(item, origin.at(index), context, report);
    if (value !== item) {
      (copy ??= list.slice() as Value[])[index] = value;
    }
  });
  return copy ?? list;
}

function readMap(
  map: DataMap,
  keys: readonly string[],
  origin: Origin,
  context: FormContext,
  report: Report,
): Value {
  let copy: { [key: string]: Value } | undefined;
  let isBroken = false;
  for (const key of keys) {
    const finding = findMistakenKey(key, keys.length, origin.at(key).asKey());
    if (finding !== undefined) {
      report(finding);
    }
    isBroken ||= finding?.severity === "error";
    const item = map[key]!;
    if (typeof item !== "object" || item === null) {
      continue;
    }
    const value = readValue(item, origin.at(key), context, report);
    if (value !== item) {
      setEntry((copy ??= copyMap(map as ValueMap)), key, value);
    }
  }
  return isBroken ? unread(origin) : (copy ?? map);
}

function copyMap(map: ValueMap): { [key: string]: Value } {
  const copy = {};
  for (const key of Object.keys(map)) {
    setEntry(copy, key, map[key]!);
  }
  return copy;
}

function findMistakenKey(key: string, siblings: number, origin: Origin): Finding | undefined {
  if (key === "__functor" || key === "__toString") {
    return uncallableKey(origin, key);
  }
  if (!key.startsWith("$")) {
    return undefined;
  }
  if (Object.hasOwn(forms, key)) {
    return formWithOtherKeys(origin, key);
  }
  return siblings === 1 ? unknownLoneKey(origin, key, Object.keys(forms)) : undefined;
}

interface FormPlace {
  readonly name: FormName;
  /** Of the argument. */
  readonly origin: Origin;
  readonly context: FormContext;
  readonly report: Report;
}

type FormName = keyof typeof forms;

/** The forms by their JSON key; each reads its argument, and answers `undefined` after a report. */
const forms = {
  $path: (data: Data, at: FormPlace) => readPath(data, at.origin, at.context, at.report),
  $fileContents: (data: Data, at: FormPlace) => {
    const file = readPath(data, at.origin, at.context, at.report);
    return file && new FileContents(file, at.origin);
  },
  $ref: (data: Data, at: FormPlace) => readReference(data, at),
  $nix: (data: Data, at: FormPlace) => readRawNix(data, at),
  $mkForce: (data: Data, at: FormPlace) => override(50, data, at.origin, at),
  $mkDefault: (data: Data, at: FormPlace) => override(1000, data, at.origin, at),
  $mkOverride: (data: Data, at: FormPlace) => readPair(data, at, override),
  $mkBefore: (data: Data, at: FormPlace) => order(500, data, at.origin, at),
  $mkAfter: (data: Data, at: FormPlace) => order(1500, data, at.origin, at),
  $mkOrder: (data: Data, at: FormPlace) => readPair(data, at, order),
} satisfies { [name: string]: (data: Data, at: FormPlace) => Special | undefined };

function override(
  priority: number,
  content: Data,
  origin: Origin,
  at: Pick<FormPlace, "context" | "report">,
): Special {
  return checkNesting(
    new Override(priority, readValue(content, origin, at.context, at.report), origin),
    at.report,
  );
}

function order(
  priority: number,
  content: Data,
  origin: Origin,
  at: Pick<FormPlace, "context" | "report">,
): Special {
  return checkNesting(
    new Order(priority, readValue(content, origin, at.context, at.report), origin),
    at.report,
  );
}

function readPair(data: Data, at: FormPlace, make: typeof override): Special | undefined {
  if (Array.isArray(data) && data.length === 2 && Number.isInteger(data[0])) {
    return make(data[0], data[1], at.origin.at(1), at);
  }
  at.report(formArgument(at.origin, at.name, "a list of an integer and a value: [10, value]"));
  return undefined;
}

/** nixpkgs' own form of a property, `{_type, …}`; `undefined` for other maps with a `_type`. */
function readTypedForm(
  data: DataMap,
  origin: Origin,
  context: FormContext,
  report: Report,
): Value | undefined {
  const at = { context, report };
  const type = data["_type"] as string;
  const isForm = Object.hasOwn(typedForms, type);
  const finding = isForm
    ? findMistakenField(data, type as TypedForm, origin)
    : findMistakenType(data, type, origin);
  if (finding !== undefined) {
    report(finding);
  }
  if (!isForm) {
    return undefined;
  }
  if (finding !== undefined) {
    return unread(origin);
  }

  const content = origin.at("content");
  switch (type) {
    case "override":
      return override(data["priority"] as number, data["content"]!, content, at);
    case "order":
      return order(data["priority"] as number, data["content"]!, content, at);
    case "if":
      return new If(
        data["condition"] as boolean,
        readValue(data["content"]!, content, context, report),
        content,
      );
    default: {
      const contents = origin.at("contents");
      return new Merge(
        (data["contents"] as readonly Data[]).map((item, index) =>
          readValue(item, contents.at(index), context, report),
        ),
        contents,
      );
    }
  }
}

type TypedForm = "override" | "order" | "if" | "merge" | "definition";

/** The fields of each form, of which all but `content`, which is anything, have a type. */
const typedForms: Readonly<Record<TypedForm, readonly string[]>> = {
  override: ["priority", "content"],
  order: ["priority", "content"],
  if: ["condition", "content"],
  merge: ["contents"],
  definition: [],
};

const isRightField: { readonly [field: string]: (value: Data) => boolean } = {
  priority: Number.isInteger,
  condition: (value) => typeof value === "boolean",
  content: () => true,
  contents: Array.isArray,
};

function findMistakenField(data: DataMap, type: TypedForm, origin: Origin): Finding | undefined {
  if (type === "definition") {
    return internalForm(origin, type);
  }
  const fields = typedForms[type];
  const excess = Object.keys(data).find((key) => key !== "_type" && !fields.includes(key));
  if (excess !== undefined) {
    return incompleteForm(origin.at(excess).asKey(), type, fields);
  }
  if (!fields.every((field) => Object.hasOwn(data, field))) {
    return incompleteForm(origin, type, fields);
  }
  const wrong = fields.find((field) => !isRightField[field]!(data[field]!));
  return wrong === undefined ? undefined : wrongField(origin.at(wrong), wrong);
}

/**
 * Any other `_type` is an ordinary setting, but for one that comes near a form whose fields are
 * there.
 */
function findMistakenType(data: DataMap, type: string, origin: Origin): Finding | undefined {
  const likely = Object.keys(typedForms).filter((form) =>
    typedForms[form as TypedForm].some((field) => Object.hasOwn(data, field)),
  );
  return unknownType(origin.at("_type"), type, likely);
}

/** Nix takes properties off in one order only: if and merge, then override, then order. */
function checkNesting(outer: Override | Order, report: Report): Special {
  const inner = outer.content;
  const legal = !isProperty(inner) || (outer.kind === "override" && inner.kind === "order");
  if (legal) {
    return outer;
  }
  report(formNesting(outer.origin, nameOf(outer), nameOf(inner)));
  return unread(outer.origin);
}

function isProperty(value: Value): value is Property {
  return (
    value instanceof Override ||
    value instanceof Order ||
    value instanceof If ||
    value instanceof Merge
  );
}

/** What users call the form. */
function nameOf(form: Special): string {
  if (form.kind === "override") {
    return form.priority === 50 ? "mkForce" : form.priority === 1000 ? "mkDefault" : "mkOverride";
  }
  if (form.kind === "order") {
    return form.priority === 500 ? "mkBefore" : form.priority === 1500 ? "mkAfter" : "mkOrder";
  }
  return {
    if: "mkIf",
    merge: "mkMerge",
    path: "path",
    fileContents: "fileContents",
    ref: "ref",
    nix: "nix",
  }[form.kind];
}

function readPath(
  data: Data,
  origin: Origin,
  context: FormContext,
  report: Report,
): PathValue | undefined {
  if (typeof data !== "string") {
    report(invalidPath(origin, "a path is a string"));
    return undefined;
  }
  const problem = pathProblem(data);
  if (problem !== undefined) {
    report(invalidPath(origin, problem));
    return undefined;
  }
  if (!data.startsWith("/")) {
    return new PathValue(normalizePath(`${context.folder}/${data}`), false, origin);
  }
  report(impurePath(origin, data));
  return new PathValue(normalizePath(data), true, origin);
}

function pathProblem(path: string): string | undefined {
  if (path === "") {
    return "a path cannot be empty";
  }
  if (path.startsWith("~")) {
    return "'~' means another folder for everybody: write a path relative to this file";
  }
  if (path.startsWith("<")) {
    return "'<…>' looks a path up in the environment: use a reference to a flake input";
  }
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(path)) {
    return "a URL is no path: fetch it as a flake input and refer to that";
  }
  return undefined;
}

const nameInReference = /([a-zA-Z_][a-zA-Z0-9_'-]*)|"((?:[^"\\]|\\["\\$])*)"/y;

/**
 * Names that cannot be an argument of the output: keywords, and what the output itself needs from
 * Nix, which is all with `__`.
 */
const reservedNames = [
  "assert",
  "builtins",
  "else",
  "false",
  "if",
  "in",
  "inherit",
  "let",
  "null",
  "or",
  "rec",
  "then",
  "true",
  "with",
];

function readReference(data: Data, at: FormPlace): Reference | undefined {
  const names = typeof data === "string" ? splitNames(data) : undefined;
  if (names === undefined) {
    at.report(invalidReference(at.origin));
  } else if (reservedNames.includes(names[0]!) || names[0]!.startsWith("__")) {
    at.report(reservedReference(at.origin, names[0]!));
  } else if (isInterpolated(data as string)) {
    at.report(interpolatedReference(at.origin));
  } else {
    return new Reference(names, at.origin);
  }
  return undefined;
}

/** Whether Nix would find an interpolation: a `${` that is not `\${`, nor `$${`. */
function isInterpolated(text: string): boolean {
  return text.replace(/\$?\\.|\$\$/g, "-").includes("${");
}

function looksLikeReference(text: string): boolean {
  const [first = "", ...rest] = splitNames(text) ?? [];
  return ["self", "inputs"].includes(first) && rest.length > 0 && rest.at(-1) !== "nix";
}

function splitNames(text: string): string[] | undefined {
  const names: string[] = [];
  let at = 0;
  while (true) {
    nameInReference.lastIndex = at;
    const match = nameInReference.exec(text);
    if (match === null || (names.length === 0 && match[1] === undefined)) {
      return undefined;
    }
    names.push(match[1] ?? match[2]!.replace(/\\(.)/g, "$1"));
    at = nameInReference.lastIndex;
    if (at === text.length) {
      return names;
    }
    if (text[at++] !== ".") {
      return undefined;
    }
  }
}

function readRawNix(data: Data, at: FormPlace): RawNix | undefined {
  if (typeof data !== "string" || data.trim() === "") {
    at.report(formArgument(at.origin, at.name, "Nix code as a string"));
  } else if (!at.context.allowNix) {
    at.report(rawNixNotAllowed(at.origin));
  } else {
    return new RawNix(data, at.origin);
  }
  return undefined;
}
