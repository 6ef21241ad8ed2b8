import type { Finding } from "../../diagnostics/diagnostic.js";
import {
  formArgument,
  formWithOtherKeys,
  misplacedModules,
  rawNixNotAllowed,
  uncallableKey,
  unknownLoneKey,
} from "../../diagnostics/form-messages.js";
import { type Data, type DataMap, isDataMap } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { type FormName, formKeys, formOf, specialForms } from "../../model/special-forms.js";
import {
  copyMap,
  FileContents,
  If,
  Merge,
  Order,
  Override,
  RawNix,
  type Special,
  setEntry,
  Unreadable,
  type Value,
  type ValueMap,
} from "../../model/value.js";
import type { FormContext } from "./form-context.js";
import { checkNesting } from "./nesting.js";
import { toConcatenation } from "./to-concatenation.js";
import { toInterpolation } from "./to-interpolation.js";
import { toFolder, toPath } from "./to-path.js";
import { toReference } from "./to-reference.js";
import { toShared } from "./to-shared.js";
import { checkTypedForm } from "./typed-form.js";

/** Maps and lists that are values as they are, wherever else an alias brings them. */
const plain = new WeakSet();

/** The value that data means: special forms become the classes that hold them. */
export function toValue(data: Data, origin: Origin, context: FormContext): Value {
  if (isPlain(data)) {
    return data;
  }
  if (Array.isArray(data)) {
    return listToValue(data, origin, context);
  }
  if (!isDataMap(data)) {
    return data;
  }
  const form = formOf(data);
  if (form !== undefined) {
    return toForm(form.name, form.argument, origin.at(`$${form.name}`), context);
  }
  return toTypedForm(data, origin, context) ?? mapToValue(data, origin, context);
}

function isPlain(data: Data): data is Data & Value {
  return typeof data !== "object" || data === null || plain.has(data);
}

/** The same list where no item changes. */
function listToValue(
  list: readonly Data[],
  origin: Origin,
  context: FormContext,
): readonly Value[] {
  let copy: Value[] | undefined;
  let arePlain = true;
  list.forEach((item, index) => {
    if (isPlain(item)) {
      return;
    }
    const value = toValue(item, origin.at(index), context);
    arePlain &&= isPlain(item);
    if (value !== item) {
      (copy ??= list.slice() as Value[])[index] = value;
    }
  });
  if (arePlain) {
    plain.add(list);
  }
  return copy ?? list;
}

/** The same map where no entry changes. */
function mapToValue(map: DataMap, origin: Origin, context: FormContext): ValueMap | Unreadable {
  const keys = Object.keys(map);
  let copy: { [key: string]: Value } | undefined;
  let isBroken = false;
  let arePlain = true;
  for (const key of keys) {
    const finding = findMistakenKey(key, keys.length, origin);
    if (finding !== undefined) {
      context.report(finding);
      arePlain = false;
    }
    isBroken ||= finding?.severity === "error";
    const item = map[key]!;
    if (isPlain(item)) {
      continue;
    }
    const value = toValue(item, origin.at(key), context);
    arePlain &&= isPlain(item);
    if (value !== item) {
      setEntry((copy ??= copyMap(map as ValueMap)), key, value);
    }
  }
  if (arePlain) {
    plain.add(map);
  }
  return isBroken ? new Unreadable(origin) : (copy ?? map);
}

/** `origin` is the map's. */
function findMistakenKey(key: string, siblings: number, origin: Origin): Finding | undefined {
  if (key === "__functor" || key === "__toString") {
    return uncallableKey(origin.keyAt(key), key);
  }
  if (!key.startsWith("$")) {
    return undefined;
  }
  if (formKeys.includes(key)) {
    return formWithOtherKeys(origin.keyAt(key), key);
  }
  return siblings === 1 ? unknownLoneKey(origin.keyAt(key), key, formKeys) : undefined;
}

/** `origin` is the argument's. */
function toForm(name: FormName, argument: Data, origin: Origin, context: FormContext): Value {
  const form = specialForms[name];
  switch (form.kind) {
    case "path":
      return toPath(argument, origin, context);
    case "fileContents": {
      const file = toPath(argument, origin, context);
      return file instanceof Unreadable ? file : new FileContents(file, origin);
    }
    case "ref":
      return toReference(argument, origin, context);
    case "interpolate":
      return toInterpolation(argument, origin, context);
    case "concat":
      return toConcatenation(argument, origin, context, toValue);
    case "value":
      return toShared(argument, origin, context, toValue);
    case "modulesIn":
      return toModulesIn(argument, origin, context);
    case "nix":
      return toRawNix(argument, origin, context);
    case "override":
    case "order": {
      if ("number" in form) {
        return toPrioritized(form.kind, [form.number, argument], origin, context);
      }
      if (isPair(argument)) {
        return toPrioritized(form.kind, argument, origin.at(1), context);
      }
      const expected = "a list of an integer and a value: [10, value]";
      context.report(formArgument(origin, `$${name}`, expected));
      return new Unreadable(origin);
    }
  }
}

/** A list of modules, which no setting is; a value that nothing uses may be meant for modules. */
function toModulesIn(data: Data, origin: Origin, context: FormContext): Special {
  if (context.within !== "unused") {
    context.report(misplacedModules(origin.parent));
    return new Unreadable(origin);
  }
  return toFolder(data, origin, context);
}

type Pair = readonly [number: number, content: Data];

function isPair(data: Data): data is Pair {
  return Array.isArray(data) && data.length === 2 && Number.isInteger(data[0]);
}

/** `origin` is the content's. */
function toPrioritized(
  kind: "override" | "order",
  [number, content]: Pair,
  origin: Origin,
  context: FormContext,
): Special {
  const value = toValue(content, origin, context);
  const Form = kind === "override" ? Override : Order;
  return checkNesting(new Form(number, value, origin), context.report);
}

function toRawNix(data: Data, origin: Origin, { allowNix, report }: FormContext): Special {
  if (typeof data !== "string" || data.trim() === "") {
    report(formArgument(origin, "$nix", "Nix code as a string"));
  } else if (!allowNix) {
    report(rawNixNotAllowed(origin));
  } else {
    return new RawNix(data, origin);
  }
  return new Unreadable(origin);
}

/** nixpkgs' own form of a property, `{_type, …}`; `undefined` for other maps. */
function toTypedForm(data: DataMap, origin: Origin, context: FormContext): Special | undefined {
  const form = checkTypedForm(data, origin, context.report);
  if (form === undefined || form instanceof Unreadable) {
    return form;
  }
  const at = origin.at("content");
  switch (form._type) {
    case "override":
    case "order":
      return toPrioritized(form._type, [form.priority, form.content], at, context);
    case "if":
      return new If(form.condition, toValue(form.content, at, context), at);
    case "merge": {
      const contents = origin.at("contents");
      return new Merge(
        form.contents.map((item, index) => toValue(item, contents.at(index), context)),
        contents,
      );
    }
  }
}
