import type { Finding, Report } from "../../diagnostics/diagnostic.js";
import {
  incompleteForm,
  internalForm,
  unknownType,
  wrongField,
} from "../../diagnostics/form-messages.js";
import type { Data, DataMap } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { type TypedForm, typedForms } from "../../model/special-forms.js";
import { Unreadable } from "../../model/value.js";

/** nixpkgs' own form of a property, with fields of the right types. */
export type CheckedForm =
  | { readonly _type: "override" | "order"; readonly priority: number; readonly content: Data }
  | { readonly _type: "if"; readonly condition: boolean; readonly content: Data }
  | { readonly _type: "merge"; readonly contents: readonly Data[] };

/**
 * The map as a property in nixpkgs' own form, unreadable where its fields are wrong; `undefined`
 * for an ordinary map.
 */
export function checkTypedForm(
  data: DataMap,
  origin: Origin,
  report: Report,
): CheckedForm | Unreadable | undefined {
  const type = Object.hasOwn(data, "_type") ? data["_type"] : undefined;
  if (typeof type !== "string") {
    return undefined;
  }
  const isForm = isTyped(type);
  const finding = isForm
    ? findMistakenField(data, type, origin)
    : type === "definition"
      ? internalForm(origin, type)
      : findMistakenType(data, type, origin);
  if (finding !== undefined) {
    report(finding);
  }
  if (finding?.severity === "error") {
    return new Unreadable(origin);
  }
  return isForm ? (data as unknown as CheckedForm) : undefined;
}

function isTyped(type: string): type is TypedForm {
  return Object.hasOwn(typedForms, type);
}

const isRightField: { readonly [field: string]: (value: Data) => boolean } = {
  priority: Number.isInteger,
  condition: (value) => typeof value === "boolean",
  content: () => true,
  contents: Array.isArray,
};

function findMistakenField(data: DataMap, type: TypedForm, origin: Origin): Finding | undefined {
  const fields: readonly string[] = typedForms[type];
  const excess = Object.keys(data).find((key) => key !== "_type" && !fields.includes(key));
  if (excess !== undefined) {
    return incompleteForm(origin.keyAt(excess), type, fields);
  }
  if (!fields.every((field) => Object.hasOwn(data, field))) {
    return incompleteForm(origin, type, fields);
  }
  const wrong = fields.find((field) => !isRightField[field]!(data[field]!));
  return wrong === undefined ? undefined : wrongField(origin.at(wrong), wrong);
}

/** Any other `_type` is an ordinary setting, except one that is near a form whose fields are there. */
function findMistakenType(data: DataMap, type: string, origin: Origin): Finding | undefined {
  const likely = Object.entries<readonly string[]>(typedForms)
    .filter(([, fields]) => fields.some((field) => Object.hasOwn(data, field)))
    .map(([form]) => form);
  return unknownType(origin.at("_type"), type, likely);
}
