import { completeCatalogue } from "./catalogue/read-catalogue.js";
import { collect, maxErrors } from "./diagnostics/budget.js";
import type { Diagnostic, Finding, Place, Report, Severity } from "./diagnostics/diagnostic.js";
import { withoutConsequences, withoutDoubles } from "./diagnostics/drop-consequences.js";
import { type Documents, locate, rangeFinder } from "./diagnostics/locate.js";
import { outputTooLong } from "./diagnostics/output-messages.js";
import { applySeverities } from "./diagnostics/severities.js";
import { silence } from "./diagnostics/silence.js";
import type { Document } from "./model/document.js";
import type { Inventory, ResolvedInventory } from "./model/inventory.js";
import {
  type CompileOptions,
  type CompleteOptions,
  completeOptions,
  emitModeOf,
  isSameLimits,
  type OutputLanguage,
} from "./model/options.js";
import { Origin } from "./model/origin.js";
import { commonFolder, describeSources } from "./model/paths.js";
import { isSameSource, type Range, type Source } from "./model/source.js";
import { print } from "./nix/print.js";
import { abbreviate } from "./passes/abbreviate.js";
import { assemble } from "./passes/assemble.js";
import { checkFiles } from "./passes/check-files.js";
import { checkLosses } from "./passes/check-losses.js";
import { checkMembers } from "./passes/check-members.js";
import { checkScalars, type Scalars } from "./passes/check-scalars.js";
import { checkServices } from "./passes/check-services.js";
import { checkTexts } from "./passes/check-texts.js";
import { dropDefaults } from "./passes/drop-defaults.js";
import { expand } from "./passes/expand.js";
import { generate } from "./passes/generate.js";
import { merge } from "./passes/merge.js";
import type { FormContext, WrittenPath } from "./passes/read-forms/form-context.js";
import { readForms } from "./passes/read-forms.js";
import { serialize } from "./passes/serialize.js";
import { spellOut } from "./passes/spell-out.js";
import { unite } from "./passes/unite.js";
import { validate } from "./passes/validate.js";
import { explainMachine } from "./questions/explain.js";
import type { Explanation, Question } from "./questions/explanation.js";
import { type Plan, planMachines } from "./questions/plan.js";
import { writeJson } from "./text/json-writer.js";
import { TextTooLong } from "./text/line-buffer.js";
import { parse, type Reading } from "./text/parse.js";
import { findComments } from "./text/yaml-comments.js";
import { writeYaml } from "./text/yaml-writer.js";

export interface CheckResult {
  /** Everything that was found, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileResult extends CheckResult {
  /** The output; absent if there is any error. */
  readonly text?: string;
}

export interface PlanResult extends CheckResult {
  /** Absent if there is any error. */
  readonly plan?: Plan;
}

export interface ExplainResult extends CheckResult {
  /** Absent if there is any error, or a mistake in the question. */
  readonly explanation?: Explanation;
  /** What is wrong with the question: a sentence. */
  readonly mistake?: string;
}

/** Compiles the sources of one inventory: {@link analyze}, then {@link Analysis.emit}. */
export function compile(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
): CompileResult {
  return analyze(sources, options).emit();
}

/** Finds what {@link compile} would find, without making the output. */
export function check(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
): CheckResult {
  const { diagnostics } = analyze(sources, options);
  return { diagnostics };
}

/** Says what every machine gets. */
export function plan(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
): PlanResult {
  return analyze(sources, options).plan();
}

/** Says why a machine gets what it gets. */
export function explain(
  sources: Source | readonly Source[],
  question: Question,
  options: CompileOptions = {},
): ExplainResult {
  return analyze(sources, options).explain(question);
}

/**
 * Finds out what the sources of one inventory mean, and what is wrong with them. Mistakes in them
 * are diagnostics; an exception is our bug, except for a `TypeError` where there is no source or
 * an option is unknown. Sources that an `earlier` analysis has read and whose texts are the same are
 * not read again.
 */
export function analyze(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
  earlier?: Analysis,
): Analysis {
  return Analysis.of([sources].flat(), completeOptions(options), earlier);
}

/** What is known of one inventory. It answers every question without reading a text again. */
export class Analysis {
  readonly #readings: readonly Reading[];
  readonly #documents: Documents;
  readonly #options: CompleteOptions;
  readonly #findings: readonly Finding[];
  readonly #inventory: ResolvedInventory | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;

  private constructor(all: readonly Reading[], options: CompleteOptions) {
    this.#readings = all;
    const readings = withoutEmptyErrors(all);
    this.#documents = new Map(readings.map(({ source, document }) => [source, document]));
    this.#options = options;
    const { inventory, findings } = resolve(readings, options);
    this.#inventory = inventory;
    this.#findings = findings;
  }

  /** @internal */
  static of(sources: readonly Source[], options: CompleteOptions, earlier?: Analysis): Analysis {
    if (sources.length === 0) {
      throw new TypeError("an inventory needs at least one source");
    }
    const { limits } = options;
    const isReusable = earlier !== undefined && isSameLimits(earlier.#options.limits, limits);
    const known = isReusable ? earlier.#readings : [];
    return new Analysis(
      sources.map(
        (source) =>
          known.find((reading) => isSameSource(reading.source, source)) ?? parse(source, limits),
      ),
      options,
    );
  }

  /** @internal */
  get documents(): Documents {
    return this.#documents;
  }

  /** @internal */
  rangeOf(place: Place): Range {
    return rangeFinder(this.#documents)(place);
  }

  /** Everything that was found, sorted by place. */
  get diagnostics(): readonly Diagnostic[] {
    this.#diagnostics ??= this.#locate(this.#findings);
    return this.#diagnostics;
  }

  get hasErrors(): boolean {
    return hasErrors(this.#findings, this.#options);
  }

  /** The inventory in the language that the options name, or in another one. */
  emit(to: OutputLanguage = this.#options.to): CompileResult {
    if (this.#inventory === undefined || this.hasErrors) {
      return { diagnostics: this.diagnostics };
    }
    const { text, findings: own } = write(this.#inventory, this.#documents, {
      ...this.#options,
      to,
    });
    const findings = applySeverities(own, this.#options.severities);
    const all = [...this.#findings, ...findings];
    const diagnostics = findings.length === 0 ? this.diagnostics : this.#locate(all);
    return hasErrors(all, this.#options) ? { diagnostics } : { text: text!, diagnostics };
  }

  /** What every machine gets. */
  plan(): PlanResult {
    const { diagnostics } = this;
    if (this.#inventory === undefined || this.hasErrors) {
      return { diagnostics };
    }
    return { plan: planMachines(this.#inventory), diagnostics };
  }

  /** Why a machine gets what it gets. */
  explain(question: Question): ExplainResult {
    const { diagnostics } = this;
    if (this.#inventory === undefined || this.hasErrors) {
      return { diagnostics };
    }
    const rangeOf = rangeFinder(this.#documents);
    const answer = explainMachine(this.#inventory, question, rangeOf);
    return "mistake" in answer ? { ...answer, diagnostics } : { explanation: answer, diagnostics };
  }

  #locate(findings: readonly Finding[]): readonly Diagnostic[] {
    const diagnostics = locate(findings, this.#documents);
    if (!this.#options.denyWarnings) {
      return diagnostics;
    }
    return diagnostics.map((diagnostic) =>
      diagnostic.severity === "warning" ? { ...diagnostic, severity: "error" } : diagnostic,
    );
  }
}

/** Among several sources, an empty one adds nothing, and is no mistake. */
function withoutEmptyErrors(readings: readonly Reading[]): readonly Reading[] {
  return readings.every(({ document }) => document === undefined)
    ? readings
    : readings.map((reading) =>
        isEmpty(reading) ? { ...reading, document: emptyDocument, findings: [] } : reading,
      );
}

function isEmpty({ document, findings }: Reading): boolean {
  return document === undefined && findings.every(({ code }) => code === "empty-input");
}

const emptyDocument: Document = {
  value: {},
  ambiguous: [],
  unread: [],
  locate: () => ({ start: 0, end: 0 }),
  edit: () => undefined,
};

interface Resolution {
  readonly findings: readonly Finding[];
  /** Absent where the text of a source has no meaning, or has too many errors. */
  readonly inventory?: ResolvedInventory;
}

/**
 * From what the texts say to what they mean. Mistakes in a value or in the shape do not hide those
 * in the meaning, except for what they may have caused themselves.
 */
function resolve(readings: readonly Reading[], options: CompleteOptions): Resolution {
  const inText = readings.flatMap(({ findings }) => findings);
  if (hasTooMany(inText)) {
    return { findings: settle(inText, readings, options) };
  }
  const shaped = collect((report) => shape(readings, options, report));
  const found = [...inText, ...shaped.findings];
  if (shaped.result === undefined || shaped.result.length < readings.length || hasTooMany(found)) {
    return { findings: settle(found, readings, options) };
  }
  const { result: inventory, findings: inMeaning } = collect((report) =>
    mean(shaped.result!, readings, options, report),
  );
  const all = settle([...found, ...inMeaning], readings, options, inventory !== undefined);
  const documents = new Map(readings.map(({ source, document }) => [source, document!]));
  const own = withoutConsequences(all, all, documents);
  // What an ignored mistake may have caused is true of the output, if there is one.
  const findings = withoutDoubles(own.some(isError) ? own : all);
  return inventory === undefined ? { findings } : { findings, inventory };
}

/**
 * The findings with the severities that comments and options ask for. Where there is no inventory,
 * something has to say why.
 */
function settle(
  findings: readonly Finding[],
  readings: readonly Reading[],
  { severities }: CompleteOptions,
  hasInventory = false,
): readonly Finding[] {
  const settled = applySeverities(silence(findings, readings), severities);
  return hasInventory || settled.some(isError) ? settled : findings;
}

/** The inventories that the texts spell; none for a text without a meaning. */
function shape(
  readings: readonly Reading[],
  { allowNix, files }: CompleteOptions,
  report: Report,
): readonly Inventory[] {
  const sources = readings.map(({ source }) => source);
  const { folders } = commonFolder(sources);
  const paths: WrittenPath[] = [];
  const notePath = (path: WrittenPath) => void paths.push(path);
  const inventories = readings.flatMap(({ source, document }, index) => {
    const context = { folder: folders[index]!, allowNix, notePath };
    return document === undefined ? [] : [toInventory(document, source, context, report)];
  });
  checkFiles(paths, sources, files, report);
  return inventories;
}

/** Data to an inventory: validate, spell out, read forms; an export is tidied if it is correct. */
function toInventory(
  document: Document,
  source: Source,
  forms: Omit<FormContext, "report">,
  report: Report,
): Inventory {
  const root = Origin.root(source);
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

function mean(
  inventories: readonly Inventory[],
  readings: readonly Reading[],
  options: CompleteOptions,
  report: Report,
): ResolvedInventory {
  const { knownMachines, limits, services, clanCoreInput } = options;
  const catalogue = completeCatalogue(services, clanCoreInput);
  const united = unite(inventories, report);
  checkScalars(readings.map(scalarsOf), united, catalogue, report);
  checkTexts(united, catalogue, report);
  const expanded = expand(united, knownMachines, limits, report);
  checkMembers(expanded, clanCoreInput, report);
  const resolved = merge(expanded, emitModeOf(options), limits.settings, report);
  checkServices(resolved, catalogue, limits.checks, report);
  return resolved;
}

function scalarsOf({ source, document }: Reading): Scalars {
  return { source, ambiguous: document!.ambiguous };
}

/** From what an inventory means to a text. */
function write(
  inventory: ResolvedInventory,
  documents: Documents,
  options: CompleteOptions,
): { readonly text?: string; readonly findings: readonly Finding[] } {
  const { to, rootDefault, limits } = options;
  const emit = emitModeOf(options);
  const sources = [...documents.keys()];
  const findings: Finding[] = [];
  const report: Report = (finding) => void findings.push(finding);
  try {
    const assembly = assemble(inventory, emit);
    if (to === "nix") {
      const file = generate(assembly, { from: describeSources(sources), rootDefault });
      return { text: print(file, limits.output), findings };
    }
    if (to === "json") {
      const data = serialize(assembly.tree, { to, rootDefault }, report);
      return { text: writeJson(data, limits.output), findings };
    }
    for (const [source, document] of documents) {
      checkLosses(source, document!.value, findComments(source.text), report);
    }
    const tree = abbreviate(assembly.tree, inventory.inventory.tags);
    const data = serialize(tree, { to, rootDefault }, report);
    return { text: writeYaml(data, limits.output), findings };
  } catch (error) {
    if (!(error instanceof TextTooLong)) {
      throw error;
    }
    const place = { source: sources[0]!, start: 0, end: 0 };
    return { findings: [...findings, outputTooLong(place, limits.output, emit)] };
  }
}

function hasErrors(
  findings: readonly { readonly severity: Severity }[],
  { denyWarnings }: CompleteOptions,
): boolean {
  return findings.some(
    ({ severity }) => severity === "error" || (denyWarnings && severity === "warning"),
  );
}

function hasTooMany(findings: readonly Finding[]): boolean {
  return findings.filter(isError).length >= maxErrors;
}

function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === "error";
}
