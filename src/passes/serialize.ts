import type { Report } from "../diagnostics/diagnostic.js";
import { notSerializable } from "../diagnostics/output-messages.js";
import type { Assembly, Branch } from "../model/assembly.js";
import type { Data } from "../model/data.js";
import { normalizePath } from "../model/paths.js";
import {
  FileContents,
  ModulesIn,
  PathValue,
  RawNix,
  type Special,
  type Value,
} from "../model/value.js";
import { type FormWriter, ownForm, treeToData, typedForm } from "../model/value-to-data.js";

export interface SerializeOptions {
  readonly to: "json" | "yaml";
  /**
   * The folder of the sources as a path relative to the output, or `null` where it is unknown.
   */
  readonly rootDefault: string | null;
}

/**
 * An assembled inventory as data: for `json` as Clan's own `inventory.json` has
 * it, with what JSON cannot hold reported; for `yaml` in this project's form,
 * whose paths lead from the output to the same files.
 */
export function serialize(
  tree: Assembly["tree"],
  { to, rootDefault }: SerializeOptions,
  report: Report,
): Data {
  const pathFromOutput = normalizePath(rootDefault ?? ".");
  const yamlForm: FormWriter = (form, write) =>
    ownForm(pathFromOutput === "" ? form : moveForm(form, pathFromOutput), write);
  const writeForm: FormWriter =
    to === "yaml" ? yamlForm : (form, write) => jsonForm(form, write, report);
  const data: { [part: string]: Data } = {};
  const known = new Map<Branch, Data>();
  for (const part of Object.keys(tree)) {
    data[part] = treeToData(tree[part]!, writeForm, known);
  }
  return data;
}

function jsonForm(form: Special, write: (value: Value) => Data, report: Report): Data {
  switch (form.kind) {
    case "override":
    case "order":
    case "if":
    case "merge":
      return typedForm(form, write);
    case "path":
    case "fileContents":
    case "ref":
    case "interpolate":
    case "concat":
    case "modulesIn":
    case "nix":
      report(notSerializable(form.origin, form.kind));
      return null;
    case "unreadable":
      throw new Error("an inventory with errors has no output");
  }
}

/** A form that means the same where the folder of the sources is `pathFromOutput`. */
function moveForm(form: Special, pathFromOutput: string): Special {
  switch (form.kind) {
    case "path":
      return movePath(form, pathFromOutput);
    case "fileContents":
      return new FileContents(movePath(form.file, pathFromOutput), form.origin);
    case "modulesIn":
      return new ModulesIn(movePath(form.folder, pathFromOutput), form.origin);
    case "nix":
      return /\broot\b/.test(form.code)
        ? new RawNix(moveCode(form.code, pathFromOutput), form.origin)
        : form;
    default:
      return form;
  }
}

function movePath(form: PathValue, pathFromOutput: string): PathValue {
  return form.absolute
    ? form
    : new PathValue(normalizePath(pathFromOutput + form.path), false, form.origin);
}

/** Code that sees the former `root`. */
function moveCode(code: string, pathFromOutput: string): string {
  return `(root:\n${code.trimEnd()}\n) (root + "${pathFromOutput.replace(/["\\$]/g, "\\$&")}")\n`;
}
