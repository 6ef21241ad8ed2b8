import { completeCatalogue } from "./catalogue/read-catalogue.js";
import { collect, whileFewErrors } from "./diagnostics/budget.js";
import type { Diagnostic, Finding, Report, Severity } from "./diagnostics/diagnostic.js";
import { withoutConsequences } from "./diagnostics/drop-consequences.js";
import { locate, rangeFinder } from "./diagnostics/locate.js";
import { outputTooLong } from "./diagnostics/output-messages.js";
import type { Document } from "./model/document.js";
import type { Inventory, ResolvedInventory } from "./model/inventory.js";
import { type CompileOptions, type CompleteOptions, completeOptions } from "./model/options.js";
import { Origin } from "./model/origin.js";
import { commonFolder } from "./model/paths.js";
import type { Source } from "./model/source.js";
import { print } from "./nix/print.js";
import { assemble } from "./passes/assemble.js";
import { checkServices } from "./passes/check-services.js";
import { dropDefaults } from "./passes/drop-defaults.js";
import { expand } from "./passes/expand.js";
import { generate } from "./passes/generate.js";
import { merge } from "./passes/merge.js";
import { readForms } from "./passes/read-forms.js";
import { serialize } from "./passes/serialize.js";
import { spellOut } from "./passes/spell-out.js";
import { unite } from "./passes/unite.js";
import { validate } from "./passes/validate.js";
import { type Explanation, explainMachine, type Question } from "./questions/explain.js";
import { type Plan, planMachines } from "./questions/plan.js";
import { writeJson } from "./text/json-writer.js";
import { TextTooLong } from "./text/line-buffer.js";
import { parse } from "./text/parse.js";
import { writeYaml } from "./text/yaml-writer.js";

export interface Compilation {
  /** The output in the language asked for; absent if there is any error. */
  readonly text?: string;
  /** The same, where that language is Nix. */
  readonly nix?: string;
  /** Everything that was found, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles the sources of one inventory. Mistakes in them are diagnostics; an exception is a bug of
 * ours.
 */
export function compile(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
): Compilation {
  const analysis = analyze([sources].flat(), completeOptions(options));
  const text = emit(analysis);
  const diagnostics = diagnose(analysis);
  if (text === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  return { text, ...(analysis.options.to === "nix" && { nix: text }), diagnostics };
}

/** Finds what {@link compile} would find, without making the output. */
export function check(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: diagnose(analyze([sources].flat(), completeOptions(options))) };
}

export interface Planning {
  /** Absent if there is any error. */
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Says what every machine gets. */
export function plan(sources: Source | readonly Source[], options: CompileOptions = {}): Planning {
  const analysis = analyze([sources].flat(), completeOptions(options));
  const diagnostics = diagnose(analysis);
  if (analysis.inventory === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  return { plan: planMachines(analysis.inventory), diagnostics };
}

export interface Explaining {
  /** Absent if there is any error, or a mistake in the question. */
  readonly explanation?: Explanation;
  /** What the question has wrong: a sentence. */
  readonly mistake?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Says why a machine gets what it gets. */
export function explain(
  sources: Source | readonly Source[],
  question: Question,
  options: CompileOptions = {},
): Explaining {
  const analysis = analyze([sources].flat(), completeOptions(options));
  const diagnostics = diagnose(analysis);
  if (analysis.inventory === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  const answer = explainMachine(
    analysis.inventory,
    question,
    rangeFinder(analysis.sources, analysis.documents),
  );
  return "mistake" in answer ? { ...answer, diagnostics } : { explanation: answer, diagnostics };
}

interface Analysis {
  readonly sources: readonly Source[];
  readonly options: CompleteOptions;
  readonly documents: readonly (Document | undefined)[];
  readonly findings: Finding[];
  /** Absent where the text of a source could not be read, or has too many errors. */
  readonly inventory: ResolvedInventory | undefined;
}

/**
 * Text to meaning: parse, validate, unite, expand, merge; then it is held
 * against the catalogue. Mistakes in a value of the text or in the shape do not hide
 * those in the meaning, but for what they may have brought about themselves.
 */
function analyze(sources: readonly Source[], options: CompleteOptions): Analysis {
  const findings: Finding[] = [];
  const documents: (Document | undefined)[] = [];
  const analysis = { sources, options, documents, findings };
  const inventories = whileFewErrors(() => read(analysis, documents, collect(findings)));
  if (inventories === undefined || inventories.length < sources.length) {
    return { ...analysis, inventory: undefined };
  }

  const meant: Finding[] = [];
  const inventory = whileFewErrors(() => resolve(inventories, options, collect(meant)));
  const readable = documents.map((document) => document!);
  for (const finding of withoutConsequences(meant, [...findings, ...meant], readable)) {
    findings.push(finding);
  }
  return { ...analysis, inventory };
}

/** Adds to `documents`; what cannot be read is no inventory. */
function read(
  { sources, options }: Omit<Analysis, "inventory">,
  documents: (Document | undefined)[],
  report: Report,
): readonly Inventory[] {
  for (const [index, source] of sources.entries()) {
    documents.push(parse(source, index, options.limits, report));
  }
  const { folders } = commonFolder(sources);
  return documents.flatMap((document, index) => {
    const context = { folder: folders[index]!, allowNix: options.allowNix };
    return document === undefined ? [] : [toInventory(document, index, context, report)];
  });
}

/** Data to an inventory: validate, spell out, read forms; an export is tidied if it is correct. */
function toInventory(
  document: Document,
  index: number,
  forms: { readonly folder: string; readonly allowNix: boolean },
  report: Report,
): Inventory {
  const root = Origin.root(index);
  let isCorrect = document.unread.length === 0;
  const reportAndNote: Report = (finding) => {
    isCorrect &&= finding.severity !== "error";
    report(finding);
  };
  const shaped = validate(document, root, reportAndNote);
  const written = spellOut(shaped, root, reportAndNote);
  const inventory = readForms(written, forms, reportAndNote);
  return isCorrect ? dropDefaults(inventory, document.value, root, report) : inventory;
}

function resolve(
  inventories: readonly Inventory[],
  { emit, knownMachines, limits, services }: CompleteOptions,
  report: Report,
): ResolvedInventory {
  const expanded = expand(unite(inventories, report), knownMachines, limits, report);
  const resolved = merge(expanded, emit, limits.settings, report);
  checkServices(resolved, completeCatalogue(services), limits.checks, report);
  return resolved;
}

/** The output; `undefined` where there is an error, also that it would be too long. */
function emit(analysis: Analysis): string | undefined {
  const { inventory, findings, options } = analysis;
  if (inventory === undefined || hasErrors(findings)) {
    return undefined;
  }
  try {
    return write(inventory, analysis);
  } catch (error) {
    if (!(error instanceof TextTooLong)) {
      throw error;
    }
    findings.push(
      outputTooLong({ document: 0, start: 0, end: 0 }, options.limits.output, options.emit),
    );
    return undefined;
  }
}

/** Meaning to text: assemble, then generate and print, or serialize. */
function write(inventory: ResolvedInventory, { findings, options, sources }: Analysis): string {
  const { emit, limits, rootDefault, to } = options;
  const assembly = assemble(inventory, emit);
  if (to === "nix") {
    return print(
      generate(assembly, { from: describeSources(sources), rootDefault }),
      limits.output,
    );
  }
  const data = serialize(assembly.tree, { to, rootDefault }, (finding) => findings.push(finding));
  return to === "json" ? writeJson(data, limits.output) : writeYaml(data, limits.output);
}

function diagnose({ findings, sources, documents, options }: Analysis): readonly Diagnostic[] {
  const diagnostics = locate(findings, sources, documents);
  if (!options.denyWarnings) {
    return diagnostics;
  }
  return diagnostics.map((diagnostic) =>
    diagnostic.severity === "warning" ? { ...diagnostic, severity: "error" } : diagnostic,
  );
}

function hasErrors(findings: readonly { readonly severity: Severity }[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

/**
 * The sources as their common folder sees them, so that the output is the same from wherever it is
 * made.
 */
function describeSources(sources: readonly Source[]): string {
  const { folders } = commonFolder(sources);
  const names = sources.map(({ name }, index) =>
    `${folders[index]!}/${name.split("/").at(-1)!}`.slice(1),
  );
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
