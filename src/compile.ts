import { completeCatalogue } from "./catalogue/read-catalogue.js";
import type { Diagnostic, Finding, Place, Severity } from "./diagnostics/diagnostic.js";
import { type Documents, locate, rangeFinder } from "./diagnostics/locate.js";
import { applySeverities } from "./diagnostics/severities.js";
import { Tracer } from "./diagnostics/tracer.js";
import type { Assembly } from "./model/assembly.js";
import type { Catalogue } from "./model/catalogue.js";
import type { Document } from "./model/document.js";
import type { ResolvedInventory } from "./model/inventory.js";
import { getOrInsertComputed } from "./model/maps.js";
import {
  type CompileOptions,
  type CompleteOptions,
  completeOptions,
  emitModeOf,
  type Files,
  isSameLimits,
  type OutputLanguage,
} from "./model/options.js";
import { Origin } from "./model/origin.js";
import { isSameSource, type Range, type Source } from "./model/source.js";
import { assemble } from "./passes/assemble.js";
import { forOutput, resolve, withoutEmptyErrors, write } from "./pipeline.js";
import { explainMachine } from "./questions/explain.js";
import type { Explanation, Question } from "./questions/explanation.js";
import { type Plan, planMachines } from "./questions/plan.js";
import { parse, type Reading } from "./text/parse.js";
import { type SharedLines, sharedLines } from "./text/shared-lines.js";

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
  /** What sources said before they were broken, by their names. */
  readonly #kept: ReadonlyMap<string, Kept>;
  readonly #inventory: ResolvedInventory | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;
  #known: ResolvedInventory | undefined;
  #catalogue: Catalogue | undefined;
  /** Of the sources that are broken, the lines that are as they were. */
  readonly #shared = new Map<string, SharedLines>();
  #ranges: ((place: Place) => Range) | undefined;

  private constructor(
    all: readonly Reading[],
    options: CompleteOptions,
    kept: ReadonlyMap<string, Kept>,
  ) {
    this.#readings = all;
    this.#kept = kept;
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
    const known = new Map(
      (isReusable ? earlier.#readings : []).map((reading) => [reading.source.name, reading]),
    );
    const readings = sources.map((source) => {
      const reading = known.get(source.name);
      return reading && isSameSource(reading.source, source) ? reading : parse(source, limits);
    });
    const kept = readings.filter(isBroken).flatMap(({ source }): readonly [string, Kept][] => {
      const last = earlier === undefined ? undefined : earlier.#lastRead(source.name);
      return last === undefined ? [] : [[source.name, last]];
    });
    return new Analysis(readings, options, new Map(kept));
  }

  #lastRead(name: string): Kept | undefined {
    const reading = this.#readings.find(({ source }) => source.name === name);
    return reading?.document === undefined ? this.#kept.get(name) : (reading as Kept);
  }

  /** @internal */
  get documents(): Documents {
    return this.#documents;
  }

  /** @internal */
  get lastRead(): Documents {
    return new Map(
      [...this.#documents].map(([source, document]) => {
        const kept = document === undefined ? this.#kept.get(source.name) : undefined;
        return kept === undefined ? [source, document] : [kept.source, kept.document];
      }),
    );
  }

  /** @internal What the sources mean, those that are broken as they were last read. */
  get inventory(): ResolvedInventory | undefined {
    if (this.#inventory === undefined && this.#kept.size > 0) {
      const readings = this.#readings.map((reading) =>
        reading.document === undefined ? (this.#kept.get(reading.source.name) ?? reading) : reading,
      );
      this.#known ??= resolve(withoutEmptyErrors(readings), this.#options).inventory;
    }
    return this.#inventory ?? this.#known;
  }

  /** @internal */
  get catalogue(): Catalogue {
    const { services, clanCoreInput, clanCore } = this.#options;
    this.#catalogue ??= completeCatalogue(services, clanCoreInput, clanCore);
    return this.#catalogue;
  }

  /** @internal */
  get files(): Files {
    return this.#options.files;
  }

  /** @internal The range of a place, unless it is in a text as it was, in what has changed since. */
  rangeOf(place: Place): Range | undefined {
    this.#ranges ??= rangeFinder(this.#documents);
    if (this.#documents.has(place.source)) {
      const isKnown = !(place instanceof Origin) || this.#documents.get(place.source) !== undefined;
      return isKnown ? this.#ranges(place) : undefined;
    }
    const kept = this.#kept.get(place.source.name);
    return kept && this.#rangeOfKept(place, kept);
  }

  #rangeOfKept(place: Place, { source, document }: Kept): Range | undefined {
    const now = [...this.#documents.keys()].find(({ name }) => name === source.name)!;
    const span = place instanceof Origin ? document.locate(place.path, place.isKey) : place;
    const moved = getOrInsertComputed(this.#shared, source.name, () =>
      sharedLines(source.text, now.text),
    ).toSecond(span);
    return moved && this.#ranges!({ source: now, ...moved });
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

  /** @internal The inventory as `emit` writes it, for a host that takes values. */
  assemble(): CheckResult & { readonly assembly?: Assembly } {
    const { diagnostics } = this;
    if (this.#inventory === undefined || this.hasErrors) {
      return { diagnostics };
    }
    return {
      assembly: assemble(
        forOutput(this.#inventory, this.#documents.keys(), this.#options),
        emitModeOf(this.#options),
      ),
      diagnostics,
    };
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
    const places = {
      rangeOf: rangeFinder(this.#documents),
      tracer: new Tracer(this.#documents),
    };
    const answer = explainMachine(this.#inventory, question, places);
    return "mistake" in answer ? { ...answer, diagnostics } : { explanation: answer, diagnostics };
  }

  #locate(findings: readonly Finding[]): readonly Diagnostic[] {
    const { denyWarnings } = this.#options;
    return locate(denyWarnings ? findings.map(asError) : findings, this.#documents);
  }
}

/** A reading that says something. */
type Kept = Reading & { readonly document: Document };

/** Whether a text says nothing because of a mistake, rather than because it is empty. */
function isBroken({ source, document }: Reading): boolean {
  return document === undefined && source.text.trim() !== "";
}

function hasErrors(
  findings: readonly { readonly severity: Severity }[],
  { denyWarnings }: CompleteOptions,
): boolean {
  return findings.some(
    ({ severity }) => severity === "error" || (denyWarnings && severity === "warning"),
  );
}

/** A warning as the error that the caller makes of it. */
function asError(finding: Finding): Finding {
  return finding.severity === "warning" ? { ...finding, severity: "error" } : finding;
}
