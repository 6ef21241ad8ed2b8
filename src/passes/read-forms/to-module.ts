import type { Report } from "../../diagnostics/diagnostic.js";
import {
  invalidModule,
  invalidModuleContent,
  referenceAsPath,
} from "../../diagnostics/form-messages.js";
import { invalidImports } from "../../diagnostics/shape-messages.js";
import { type Data, isDataMap } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { nameOfProperty } from "../../model/special-forms.js";
import {
  If,
  isMap,
  isOpaque,
  Merge,
  Override,
  PathValue,
  Unreadable,
  type Value,
} from "../../model/value.js";
import type { FormContext } from "./form-context.js";
import { pushPriority } from "./nesting.js";
import { toPath } from "./to-path.js";
import { looksLikeReference } from "./to-reference.js";
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
  if (!Array.isArray(imports)) {
    report(invalidImports(at, imports));
    return new Unreadable(origin);
  }
  const modules = imports.map((entry: Data, index) => toModule(entry, at.at(index), context));
  const rest = toValue({ ...data, imports: null }, origin, context);
  return isMap(rest) ? { ...rest, imports: modules } : rest;
}

function checkModule(value: Value, origin: Origin, report: Report): void {
  if (value instanceof If || value instanceof Override) {
    checkConfig(value, origin, nameOfProperty(value), report);
  } else if (!isMap(value) && !(value instanceof PathValue || isOpaque(value))) {
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
    report(invalidModuleContent(origin.at("imports").asKey(), form));
  } else if (!isMap(value) && !isOpaque(value)) {
    report(invalidModuleContent(origin, form));
  }
}
