import type { Finding, Report } from "../src/diagnostics/diagnostic.js";
import type { ExpandedInventory, Inventory } from "../src/model/inventory.js";
import type { MachineClass } from "../src/model/machine-fields.js";
import { completeOptions } from "../src/model/options.js";
import { Origin } from "../src/model/origin.js";
import { expand } from "../src/passes/expand.js";
import { merge } from "../src/passes/merge.js";
import { unite } from "../src/passes/unite.js";
import { validate } from "../src/passes/validate.js";
import { parse } from "../src/text/parse.js";

/**
 * The result of a pass, and a line for each finding: `severity code: message`, in the order of the
 * reports.
 */
export interface Passed<T> {
  readonly result: T;
  readonly findings: string;
}

export function collect<T>(pass: (report: Report) => T): Passed<T> {
  let findings = "";
  const result = pass(
    ({ severity, code, message }: Finding) => (findings += `${severity} ${code}: ${message}\n`),
  );
  return { result, findings };
}

/** The inventory of a YAML text, which must be valid. */
export function inventoryOf(text: string, document = 0): Inventory {
  const refuse: Report = ({ severity, message }) => {
    if (severity === "error") {
      throw new Error(message);
    }
  };
  const parsed = parse(
    { name: "inventory.yaml", text },
    document,
    completeOptions({}).limits,
    refuse,
  )!;
  return validate(parsed, document, { folder: "", allowNix: true }, refuse);
}

export function united(...texts: readonly string[]): Passed<Inventory> {
  return collect((report) => unite(texts.map(inventoryOf), report));
}

export function expanded(
  text: string,
  knownMachines: Readonly<Record<string, MachineClass>> = {},
  most = 1e6,
): Passed<ExpandedInventory> {
  return collect((report) => expand(inventoryOf(text), knownMachines, most, report));
}

export function resolved(text: string, emit: "resolved" | "declared" = "resolved", most = 1e6) {
  return collect((report) => merge(expanded(text).result, emit, most, report));
}

/** A place as `document: path`; a key ends with `#`. */
export function placeOf(origin: Origin): string {
  return `${origin.document}: ${origin.path.join(".")}${origin.isKey ? "#" : ""}`;
}
