import type { Report } from "../../diagnostics/diagnostic.js";
import {
  invalidModule,
  invalidModuleContent,
  referenceAsPath,
} from "../../diagnostics/form-messages.js";
import { invalidImports } from "../../diagnostics/shape-messages.js";
import { type Data, isDataMap } from "../../model/data.js";
import { joinModules } from "../../model/join-lists.js";
import type { Origin } from "../../model/origin.js";
import { formOf, nameOfProperty } from "../../model/special-forms.js";
import {
  If,
  isMap,
  Merge,
  Override,
  PathValue,
  RawNix,
  Reference,
  Unreadable,
  type Value,
} from "../../model/value.js";
import type { FormContext } from "./form-context.js";
import { pushPriority } from "./nesting.js";
import { toConcatenation } from "./to-concatenation.js";
import { toFolder, toPath } from "./to-path.js";
import { looksLikeReference } from "./to-reference.js";
import { toShared } from "./to-shared.js";
import { toValue } from "./to-value.js";

/** The module that an entry of `extraModules` means, or one of `imports` in an inline module. */
export function toModule(data: Data, origin: Origin, context: FormContext): Value {
  const { report } = context;
  if (typeof data === "string") {
    if (looksLikeReference(data)) {
      report(referenceAsPath(origin, data));
    }
    return toPath(data, origin, context);
  }
  if (!isDataMap(data)) {
    report(invalidModule(origin));
    return new Unreadable(origin);
  }
  if (!Object.hasOwn(data, "imports")) {
    const value = toValue(data, origin, context);
    checkModule(value, origin, report);
    return value;
  }

  const imports = data["imports"] ?? [];
  const at = origin.at("imports");
  if (!Array.isArray(imports) && !isSeveral(imports)) {
    report(invalidImports(at, imports));
    return new Unreadable(origin);
  }
  const modules = joinModules([toModules(imports, at, context)], at);
  const rest = toValue({ ...data, imports: null }, origin, context);
  return isMap(rest) ? { ...rest, imports: modules } : rest;
}

/** A list of modules, or a form that may be one, which takes its place in a list around it. */
export function toModules(data: Data, origin: Origin, context: FormContext): Value {
  if (Array.isArray(data)) {
    return joinModules(
      data.map((entry: Data, index) => toEntry(entry, origin.at(index), context)),
      origin,
    );
  }
  const form = isDataMap(data) ? formOf(data) : undefined;
  const at = origin.at(`$${form?.name}`);
  switch (form?.name) {
    case "concat":
      return toConcatenation(form.argument, at, context, toModules);
    case "value":
      return toShared(form.argument, at, context, toModules);
    case "modulesIn":
      return toFolder(form.argument, at, context);
    default:
      return toModule(data, origin, context);
  }
}

/** An entry of a list of modules, which itself is no list. */
export function toEntry(data: Data, origin: Origin, context: FormContext): Value {
  return Array.isArray(data) ? toModule(data, origin, context) : toModules(data, origin, context);
}

/** Whether a form may stand for several modules. */
function isSeveral(data: Data): boolean {
  const form = isDataMap(data) ? formOf(data) : undefined;
  return form !== undefined && ["concat", "value", "modulesIn"].includes(form.name);
}

function checkModule(value: Value, origin: Origin, report: Report): void {
  if (value instanceof If || value instanceof Override) {
    checkConfig(value, origin, nameOfProperty(value), report);
  } else if (!isMap(value) && !(value instanceof PathValue || mayBeModule(value))) {
    report(invalidModule(origin));
  }
}

/**
 * With a property around it, a module is what `config` is: a map of options, which cannot import
 * others.
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
    report(invalidModuleContent(origin.keyAt("imports"), form));
  } else if (!isMap(value) && !mayBeModule(value)) {
    report(invalidModuleContent(origin, form));
  }
}

/** Whether only Nix knows what the value is. */
function mayBeModule(value: Value): boolean {
  return value instanceof Reference || value instanceof RawNix || value instanceof Unreadable;
}
