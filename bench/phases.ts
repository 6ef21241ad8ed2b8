import { completeCatalogue } from "../src/catalogue/read-catalogue.js";
import type { Report } from "../src/diagnostics/diagnostic.js";
import { locate } from "../src/diagnostics/locate.js";
import { completeOptions } from "../src/model/options.js";
import { Origin } from "../src/model/origin.js";
import type { Source } from "../src/model/source.js";
import { print } from "../src/nix/print.js";
import { assemble } from "../src/passes/assemble.js";
import { checkServices } from "../src/passes/check-services.js";
import { expand } from "../src/passes/expand.js";
import { generate } from "../src/passes/generate.js";
import { merge } from "../src/passes/merge.js";
import { readForms } from "../src/passes/read-forms.js";
import { spellOut } from "../src/passes/spell-out.js";
import { unite } from "../src/passes/unite.js";
import { validate } from "../src/passes/validate.js";
import { parse } from "../src/text/parse.js";

export const phaseNames = [
  "parse",
  "validate",
  "expand",
  "merge",
  "services",
  "assemble",
  "generate",
  "print",
  "locate",
] as const;

/** Milliseconds by phase. */
export type Phases = { readonly [name in (typeof phaseNames)[number]]: number };

/** Runs the passes of `compile` and measures each. */
export function timePhases(source: Source): Phases {
  const options = completeOptions({});
  const phases: Partial<Record<keyof Phases, number>> = {};
  const time = <T>(name: keyof Phases, pass: () => T): T => {
    const start = performance.now();
    const result = pass();
    phases[name] = performance.now() - start;
    return result;
  };
  const report: Report = ({ severity, message }) => {
    if (severity === "error") throw new Error(message);
  };
  const { document } = time("parse", () => parse(source, options.limits));
  const root = Origin.root(source);
  const forms = { folder: "", allowNix: false };
  const inventory = time("validate", () => {
    const written = spellOut(validate(document!, root, report), root, report);
    return unite([readForms(written, forms, report)], report);
  });
  const expanded = time("expand", () => expand(inventory, {}, options.limits, report));
  const resolved = time("merge", () =>
    merge(expanded, "resolved", options.limits.settings, report),
  );
  time("services", () =>
    checkServices(resolved, completeCatalogue(options.services), options.limits.checks, report),
  );
  const assembly = time("assemble", () => assemble(resolved, "resolved"));
  const file = time("generate", () => generate(assembly, { from: source.name, rootDefault: "." }));
  time("print", () => print(file));
  time("locate", () => locate([], new Map([[source, document]])));
  return phases as Phases;
}
