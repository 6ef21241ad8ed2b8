import { notSerializable, type Report } from "./diagnostics.js";
import type { Data } from "./document.js";
import type { Assembly, Special, Value } from "./inventory.js";
import { ownForm, toData, type FormWriter } from "./to-data.js";

/**
 * An assembled inventory as data: for `json` as Clan's own `inventory.json` has
 * it, with what JSON cannot hold reported; for `yaml` in this project's form.
 */
export function serialize(tree: Assembly["tree"], to: "json" | "yaml", report: Report): Data {
  const writeForm: FormWriter = to === "yaml" ? ownForm : (form, write) => jsonForm(form, write, report);
  const data: { [part: string]: Data } = {};
  for (const part of Object.keys(tree)) data[part] = toData(tree[part]!, writeForm);
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
