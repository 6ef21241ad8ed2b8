import type { Finding, Report } from "../src/diagnostics/diagnostic.js";
import type { Data } from "../src/model/data.js";
import type { Content } from "../src/model/document.js";
import type { ExpandedInventory, Inventory, Role } from "../src/model/inventory.js";
import type { MachineClass } from "../src/model/machine-fields.js";
import { completeOptions } from "../src/model/options.js";
import { type Located, Origin } from "../src/model/origin.js";
import type { Source } from "../src/model/source.js";
import { expand } from "../src/passes/expand.js";
import { merge } from "../src/passes/merge.js";
import { readForms } from "../src/passes/read-forms.js";
import { spellOut } from "../src/passes/spell-out.js";
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
  const {
    source,
    document: parsed,
    findings,
  } = parse({ ...numbered(document), text }, completeOptions({}).limits);
  findings.forEach(refuse);
  return toInventory(parsed!, source, { folder: "", allowNix: true }, refuse);
}

/** An inventory from a document, through the passes that look at one source alone. */
export function toInventory(
  document: Content,
  source: Source,
  forms: FormOptions,
  report: Report,
): Inventory {
  const root = Origin.root(source);
  return readForms(spellOut(validate(document, root, report), root, report), forms, report);
}

type FormOptions = Parameters<typeof readForms>[1];
type WrittenRole = Role<Located<Data>, Located<Data>>;

/** A role with these parts, its special forms read. */
export function readRole(parts: Partial<WrittenRole>, forms: FormOptions, report: Report): Role {
  const none = new Map<string, never>();
  const origin = Origin.root(numbered(0));
  const role = { machines: none, tags: none, settings: [], extraModules: [], origin, ...parts };
  const instance = { module: new Map(), roles: new Map([["r", role]]), origin };
  const written = {
    meta: new Map(),
    machines: none,
    tags: none,
    instances: new Map([["i", instance]]),
    values: none,
  };
  return readForms(written, forms, report).instances.get("i")!.roles.get("r")!;
}

export function united(...texts: readonly string[]): Passed<Inventory> {
  return collect((report) => unite(texts.map(inventoryOf), report));
}

export function expanded(
  text: string,
  knownMachines: Readonly<Record<string, MachineClass>> = {},
  max = 1e6,
): Passed<ExpandedInventory> {
  const limits = { patterns: max, members: max };
  return collect((report) => expand(inventoryOf(text), knownMachines, limits, report));
}

export function resolved(text: string, emit: "resolved" | "declared" = "resolved", most = 1e6) {
  return collect((report) => merge(expanded(text).result, emit, most, report));
}

/** A source that is told from others by its number. */
export function numbered(number: number): Source {
  return { name: String(number), text: "" };
}

/** An origin as `number of the source: path`, that of a key with `#`. */
export function placeOf(origin: Origin): string {
  return `${origin.source.name}: ${origin.path.join(".")}${origin.isKey ? "#" : ""}`;
}
