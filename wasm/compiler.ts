import { readCatalogue } from "../src/catalogue/read-catalogue.js";
import {
  Analysis,
  analyze,
  type CheckResult,
  type CompileResult,
  type ExplainResult,
  type PlanResult,
} from "../src/compile.js";
import type { Applicability, Diagnostic, Fix } from "../src/diagnostics/diagnostic.js";
import { locateOffsets } from "../src/diagnostics/locate.js";
import { answerTooLong } from "../src/diagnostics/output-messages.js";
import { fix } from "../src/edit/fix.js";
import { inventorySchema, version } from "../src/generated/package.js";
import { type Catalogue, uniteCatalogues } from "../src/model/catalogue.js";
import type { MachineClass } from "../src/model/machine-fields.js";
import {
  type CompileOptions,
  type Limits,
  longestOutput,
  type OutputLanguage,
  type SeverityRule,
} from "../src/model/options.js";
import type { Source, SourceFormat } from "../src/model/source.js";
import { diff } from "../src/questions/diff.js";
import { graph } from "../src/show/mermaid.js";
import {
  lengthOf,
  type WitDifference,
  type WitExplanation,
  type WitPlan,
  witDifference,
  witExplanation,
  witPlan,
} from "./answers.js";

/** The resource `analysis` of the WIT package, whose absent options arrive as `null`. */
class WitAnalysis {
  private constructor(
    /** The library's; or what is wrong with the catalogues. */
    private readonly analysis: Analysis | readonly Diagnostic[],
    private readonly sources: readonly Source[],
    private readonly limit: number,
  ) {}

  static analyze(
    sources: readonly WitSource[],
    options: WitOptions,
    earlier?: WitAnalysis | null,
  ): WitAnalysis {
    return answer(() => {
      const { catalogue, diagnostics } = readServices(options.services);
      const texts = sources.map(toSource);
      const known = earlier?.analysis instanceof Analysis ? earlier.analysis : undefined;
      const analysis =
        diagnostics.length > 0 ? diagnostics : analyze(texts, toOptions(options, catalogue), known);
      return new WitAnalysis(analysis, texts, options.limits?.output ?? longestOutput);
    });
  }

  diagnostics(): readonly WitDiagnostic[] {
    return answer(() => this.ask(({ diagnostics }) => ({ diagnostics })).diagnostics.map(toWit));
  }

  fixes(): readonly (readonly Fix[])[] {
    return answer(() =>
      this.ask(({ diagnostics }) => ({ diagnostics })).diagnostics.map(({ fixes = [] }) =>
        fixes.map(toWitFix),
      ),
    );
  }

  emit(to?: OutputLanguage | null): WitCompilation {
    return answer(() => {
      const { text, diagnostics } = this.ask<CompileResult>((it) => it.emit(to ?? undefined));
      return { text: text?.toWellFormed() ?? null, diagnostics: diagnostics.map(toWit) };
    });
  }

  plan(): { plan: WitPlan | null; diagnostics: readonly WitDiagnostic[] } {
    return answer(() => {
      const { plan, diagnostics } = this.planned();
      const { record, excess } = this.bounded(plan && witPlan(plan));
      return { plan: record, diagnostics: [...diagnostics, ...excess].map(toWit) };
    });
  }

  explain({ machine, instance, setting }: WitQuestion): {
    explanation: WitExplanation | null;
    mistake: string | null;
    diagnostics: readonly WitDiagnostic[];
  } {
    return answer(() => {
      const question = { machine, instance: instance ?? undefined, setting: setting ?? undefined };
      const { explanation, mistake, diagnostics } = this.ask<ExplainResult>((it) =>
        it.explain(question),
      );
      const { record, excess } = this.bounded(explanation && witExplanation(explanation));
      return {
        explanation: record,
        mistake: mistake?.toWellFormed() ?? null,
        diagnostics: [...diagnostics, ...excess].map(toWit),
      };
    });
  }

  graph(): { graph: string | null; diagnostics: readonly WitDiagnostic[] } {
    return answer(() => {
      const { plan, diagnostics } = this.planned();
      const drawn = plan === undefined ? null : graph(plan).toWellFormed();
      return { graph: drawn, diagnostics: diagnostics.map(toWit) };
    });
  }

  /** How what machines get here differs from what they get in an earlier version. */
  since(before: WitAnalysis): {
    difference: WitDifference | null;
    before: readonly WitDiagnostic[];
    after: readonly WitDiagnostic[];
  } {
    return answer(() => {
      const [old, now] = [before.planned(), this.planned()];
      const difference = old.plan && now.plan && witDifference(diff(old.plan, now.plan));
      const { record, excess } = this.bounded(difference);
      return {
        difference: record,
        before: old.diagnostics.map(toWit),
        after: [...now.diagnostics, ...excess].map(toWit),
      };
    });
  }

  private planned(): PlanResult {
    return this.ask<PlanResult>((it) => it.plan());
  }

  private ask<Result extends CheckResult>(question: (analysis: Analysis) => Result) {
    return this.analysis instanceof Analysis
      ? question(this.analysis)
      : ({ diagnostics: this.analysis } as Result);
  }

  /** A record to answer with, if it is there and no longer than an output may be. */
  private bounded<T extends object>(
    record: T | undefined,
  ): { readonly record: T | null; readonly excess: readonly Diagnostic[] } {
    if (record === undefined || lengthOf(record) <= this.limit) {
      return { record: record ?? null, excess: [] };
    }
    const source = this.sources[0]!;
    const finding = answerTooLong({ source, start: 0, end: 0 }, this.limit);
    return { record: null, excess: locateOffsets([finding], [source]) };
  }
}

function analysisOf(sources: readonly WitSource[], options: WitOptions): WitAnalysis {
  return WitAnalysis.analyze(sources, options);
}

/** The interface `compiler` of the WIT package. */
export const compiler = {
  Analysis: WitAnalysis,
  compile: (sources: readonly WitSource[], options: WitOptions) =>
    analysisOf(sources, options).emit(),
  check: (sources: readonly WitSource[], options: WitOptions) =>
    analysisOf(sources, options).diagnostics(),
  applyFixes: (
    sources: readonly WitSource[],
    options: WitOptions,
    applicability: Applicability,
  ): WitFixing => answer(() => applyFixes(sources, options, applicability)),
  plan: (sources: readonly WitSource[], options: WitOptions) => analysisOf(sources, options).plan(),
  explain: (sources: readonly WitSource[], question: WitQuestion, options: WitOptions) =>
    analysisOf(sources, options).explain(question),
  diff: (before: readonly WitSource[], after: readonly WitSource[], options: WitOptions) =>
    analysisOf(after, options).since(analysisOf(before, options)),
  graph: (sources: readonly WitSource[], options: WitOptions) =>
    analysisOf(sources, options).graph(),
  schema: (): string => inventorySchema,
  version: (): string => version,
};

type Optional<T> = { readonly [Key in keyof T]: T[Key] | null };

type WitSource = Pick<Source, "name" | "text"> & Optional<{ path: string; format: SourceFormat }>;

type WitOptions = Optional<{
  emit: NonNullable<CompileOptions["emit"]>;
  to: NonNullable<CompileOptions["to"]>;
  rootDefault: { readonly tag: "required" } | { readonly tag: "path"; readonly val: string };
  services: readonly WitSource[];
  severities: readonly SeverityRule[];
  limits: Optional<Limits>;
}> & {
  readonly knownMachines: readonly { readonly name: string; readonly class: MachineClass }[];
  readonly allowNix: boolean;
  readonly denyWarnings: boolean;
};

type WitQuestion = { readonly machine: string } & Optional<{ instance: string; setting: string }>;

type WitDiagnostic = Omit<Diagnostic, "help" | "fixable" | "fixes"> & {
  readonly help: string | null;
  readonly fixable: Applicability | null;
};

interface WitCompilation {
  readonly text: string | null;
  readonly diagnostics: readonly WitDiagnostic[];
}

/**
 * What is thrown must be the `err` of the WIT, a string: anything else would trap and leave a dead
 * instance.
 */
function answer<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw (
      error instanceof Error
        ? `${error.name}: ${error.message}\n${error.stack ?? ""}`
        : String(error)
    ).toWellFormed();
  }
}

function toSource({ name, path, text, format }: WitSource): Source {
  return { name, path: path ?? undefined, text, format: format ?? undefined };
}

function toOptions(options: WitOptions, services: Catalogue | null | undefined): CompileOptions {
  const { emit, to, knownMachines, allowNix, denyWarnings, severities, rootDefault, limits } =
    options;
  return {
    emit: emit ?? undefined,
    to: to ?? undefined,
    knownMachines: Object.fromEntries(
      knownMachines.map((machine) => [machine.name, machine.class]),
    ),
    allowNix,
    denyWarnings,
    severities: severities ?? undefined,
    rootDefault:
      rootDefault === null ? undefined : rootDefault.tag === "path" ? rootDefault.val : null,
    services,
    limits: toLimits(limits),
  };
}

/** Deeper nesting than this would fill the stack of some host, and leave a dead instance. */
const deepest = 100;

function toLimits(limits: Optional<Limits> | null): Partial<Limits> {
  const given = Object.entries(limits ?? {}).filter(([, limit]) => limit !== null);
  return Object.fromEntries(
    given.map(([name, limit]) => [name, name === "depth" ? Math.min(limit!, deepest) : limit]),
  );
}

interface WitFixing {
  readonly texts: readonly string[];
  readonly applied: number;
  readonly diagnostics: readonly WitDiagnostic[];
}

function applyFixes(
  sources: readonly WitSource[],
  options: WitOptions,
  applicability: Applicability,
): WitFixing {
  const { catalogue, diagnostics } = readServices(options.services);
  const texts = sources.map(toSource);
  const fixed =
    diagnostics.length > 0
      ? { sources: texts, applied: 0, diagnostics }
      : fix(texts, toOptions(options, catalogue), applicability);
  return {
    texts: fixed.sources.map(({ text }) => text),
    applied: fixed.applied,
    diagnostics: fixed.diagnostics.map(toWit),
  };
}

function readServices(services: readonly WitSource[] | null): {
  readonly catalogue: Catalogue | null | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (services === null || services.length === 0) {
    return { catalogue: services === null ? undefined : null, diagnostics: [] };
  }
  const readings = services.map((source) => readCatalogue(toSource(source)));
  const diagnostics = readings.flatMap(({ diagnostics }) => diagnostics);
  return {
    catalogue:
      diagnostics.length > 0
        ? undefined
        : readings.map(({ catalogue }) => catalogue!).reduce(uniteCatalogues),
    diagnostics,
  };
}

/** A component's strings hold no lone surrogates, but a message may quote one. */
function toWit({
  code,
  severity,
  message,
  range,
  related,
  help,
  fixable,
}: Diagnostic): WitDiagnostic {
  return {
    code,
    severity,
    range,
    message: message.toWellFormed(),
    related: related.map(({ message, range }) => ({ message: message.toWellFormed(), range })),
    help: help?.toWellFormed() ?? null,
    fixable: fixable ?? null,
  };
}

function toWitFix({ title, applicability, edits }: Fix): Fix {
  return {
    title: title.toWellFormed(),
    applicability,
    edits: edits.map(({ range, text }) => ({ range, text: text.toWellFormed() })),
  };
}
