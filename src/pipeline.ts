import { completeCatalogue } from "./catalogue/read-catalogue.js";
import { collect, maxErrors } from "./diagnostics/budget.js";
import type { Finding, Report, Severity } from "./diagnostics/diagnostic.js";
import { withoutConsequences } from "./diagnostics/drop-consequences.js";
import { withoutDoubles } from "./diagnostics/drop-doubles.js";
import type { Documents } from "./diagnostics/locate.js";
import { withMisspeltDeclarations } from "./diagnostics/misspelt-declarations.js";
import { outputTooLong } from "./diagnostics/output-messages.js";
import { applySeverities } from "./diagnostics/severities.js";
import { silence } from "./diagnostics/silence.js";
import { withoutSplitKeys } from "./diagnostics/split-keys.js";
import { traceFindings } from "./diagnostics/trace-findings.js";
import { type Data, valueAt } from "./model/data.js";
import type { Document } from "./model/document.js";
import type { Inventory, ResolvedInventory } from "./model/inventory.js";
import { type CompleteOptions, emitModeOf } from "./model/options.js";
import { Origin } from "./model/origin.js";
import { commonFolder, describeSources } from "./model/paths.js";
import type { Source } from "./model/source.js";
import { print } from "./nix/print.js";
import { abbreviate } from "./passes/abbreviate.js";
import { assemble } from "./passes/assemble.js";
import { checkCompanions } from "./passes/check-companions.js";
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
import { readForms, readValue, type SharedValues, type WrittenPath } from "./passes/read-forms.js";
import { serialize } from "./passes/serialize.js";
import { type SharingSource, shareValues } from "./passes/share-values.js";
import { spellOut } from "./passes/spell-out.js";
import { unite } from "./passes/unite.js";
import { validate } from "./passes/validate.js";
import { withoutCompanions } from "./passes/without-companions.js";
import { writeJson } from "./text/json-writer.js";
import { TextTooLong } from "./text/line-buffer.js";
import type { Reading } from "./text/parse.js";
import { findComments } from "./text/yaml-comments.js";
import { writeYaml } from "./text/yaml-writer.js";

/** What the sources of one inventory mean, and what is wrong with them. */
export interface Resolution {
  readonly findings: readonly Finding[];
  /** Absent where the text of a source has no meaning, or has too many errors. */
  readonly inventory?: ResolvedInventory;
}

/**
 * From what the texts say to what they mean. Mistakes in a value or in the shape do not hide those
 * in the meaning, except for what they may have caused themselves.
 */
export function resolve(readings: readonly Reading[], options: CompleteOptions): Resolution {
  const inText = readings.flatMap(({ findings }) => findings);
  if (hasTooMany(inText)) {
    return { findings: settle(inText, readings, options) };
  }
  const shaped = collect((report) => shape(readings, options, report));
  const found = [...inText, ...shaped.findings];
  const documents = new Map(
    readings.map(({ source, document }) => [source, document ?? unreadDocument]),
  );
  if (shaped.result === undefined || shaped.result.length < readings.length || hasTooMany(found)) {
    const all = settle(found, readings, options);
    return { findings: withoutConsequences(all, all, documents) };
  }
  const { result: inventory, findings: inMeaning } = collect((report) =>
    mean(shaped.result!, readings, options, report),
  );
  const settled = settle([...found, ...inMeaning], readings, options, inventory !== undefined);
  const all = withoutSplitKeys(settled, documents);
  const own = withoutConsequences(all, all, documents);
  // What an ignored mistake may have caused is true of the output, if there is one.
  const findings = traceFindings(
    withoutDoubles(withMisspeltDeclarations(own.some(isError) ? own : all, documents), documents),
    documents,
  );
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
  { allowNix, files, limits }: CompleteOptions,
  report: Report,
): readonly Inventory[] {
  const sources = readings.map(({ source }) => source);
  const { folders } = commonFolder(sources);
  const paths: WrittenPath[] = [];
  const notePath = (path: WrittenPath) => void paths.push(path);
  const all = readings.flatMap(({ source, document }, index): readonly WrittenSource[] => {
    const forms = {
      folder: folders[index]!,
      allowNix,
      // Clan knows where the paths in its own file lead.
      ...(!source.isCompanion && { notePath }),
    };
    return document === undefined ? [] : [writtenSource(document, source, forms, report)];
  });
  const shared = shareValues(all, limits, report);
  const inventories = all.map((written) => toInventory(written, shared, report));
  shared.readUnused(readValue);
  checkFiles(paths, sources, files, report);
  return inventories;
}

/** A source whose special forms are not read yet. */
interface WrittenSource extends SharingSource {
  readonly source: Source;
  readonly document: Document;
  readonly isCorrect: boolean;
}

/** Data in the long form: validate, spell out. */
function writtenSource(
  document: Document,
  source: Source,
  forms: SharingSource["forms"],
  report: Report,
): WrittenSource {
  const root = Origin.root(source);
  const noted = noteErrors(report);
  const shaped = validate(document, root, noted.report);
  const written = spellOut(shaped, root, noted.report);
  const isCorrect = document.unread.length === 0 && !noted.hasErrors();
  return { document, source, written, forms, isCorrect };
}

/** An inventory with its special forms read; an export is tidied if it is correct. */
function toInventory(
  { document, source, written, forms, isCorrect }: WrittenSource,
  shared: SharedValues,
  report: Report,
): Inventory {
  const noted = noteErrors(report);
  const inventory = readForms(written, { ...forms, shared }, noted.report);
  return isCorrect && !noted.hasErrors()
    ? dropDefaults(inventory, document.value, Origin.root(source), report)
    : inventory;
}

function noteErrors(report: Report) {
  let hasErrors = false;
  return {
    report: (finding: Finding) => {
      hasErrors ||= isError(finding);
      report(finding);
    },
    hasErrors: () => hasErrors,
  };
}

function mean(
  inventories: readonly Inventory[],
  readings: readonly Reading[],
  options: CompleteOptions,
  report: Report,
): ResolvedInventory {
  const { knownMachines, limits, services, clanCoreInput, clanCore } = options;
  const catalogue = completeCatalogue(services, clanCoreInput, clanCore);
  const united = unite(inventories, report);
  checkScalars(readings.map(scalarsOf), united, catalogue, report);
  checkTexts(united, catalogue, dataIn(readings), report);
  const expanded = expand(united, knownMachines, limits, report);
  checkMembers(expanded, clanCoreInput, report);
  checkCompanions(expanded, emitModeOf(options), report);
  const resolved = merge(expanded, emitModeOf(options), limits.settings, report);
  checkServices(resolved, catalogue, limits.checks, report);
  return resolved;
}

/** The data at an origin. */
function dataIn(readings: readonly Reading[]): (origin: Origin) => Data | undefined {
  const documents = new Map(readings.map(({ source, document }) => [source, document]));
  return ({ source, path }) => valueAt(documents.get(source)?.value, path);
}

function scalarsOf({ source, document }: Reading): Scalars {
  return { source, ambiguous: document!.ambiguous };
}

/** What of an inventory is written: nothing of what Clan reads itself. */
export function forOutput(
  resolved: ResolvedInventory,
  sources: Iterable<Source>,
  options: CompleteOptions,
): ResolvedInventory {
  return [...sources].some(({ isCompanion }) => isCompanion)
    ? merge(withoutCompanions(resolved), emitModeOf(options), options.limits.settings, () => {})
    : resolved;
}

/** From what an inventory means to a text in the language of the options. */
export function write(
  whole: ResolvedInventory,
  documents: Documents,
  options: CompleteOptions,
): { readonly text?: string; readonly findings: readonly Finding[] } {
  const { to, rootDefault, limits } = options;
  const emit = emitModeOf(options);
  const sources = [...documents.keys()];
  const findings: Finding[] = [];
  const report: Report = (finding) => void findings.push(finding);
  try {
    const inventory = forOutput(whole, sources, options);
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
      if (!source.isCompanion) {
        checkLosses(source, document!.value, findComments(source.text), report);
      }
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

function hasTooMany(findings: readonly Finding[]): boolean {
  return findings.filter(isError).length >= maxErrors;
}

function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === "error";
}

/** Among several sources, an empty one adds nothing, and is no mistake. */
export function withoutEmptyErrors(readings: readonly Reading[]): readonly Reading[] {
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
  tree: () => undefined,
  edit: () => undefined,
};

/** Of a text of which nothing can be said: it may hold anything. */
const unreadDocument: Document = { ...emptyDocument, unread: [[]] };
