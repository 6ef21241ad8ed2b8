import { readCatalogue } from "../src/catalogue/read-catalogue.js";
import { check, compile, explain, type PlanResult, plan } from "../src/compile.js";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { locateOffsets } from "../src/diagnostics/locate.js";
import { answerTooLong } from "../src/diagnostics/output-messages.js";
import { inventorySchema, version } from "../src/generated/package.js";
import { type Catalogue, uniteCatalogues } from "../src/model/catalogue.js";
import type { MachineClass } from "../src/model/machine-fields.js";
import type { CompileOptions, Limits } from "../src/model/options.js";
import { longestOutput } from "../src/model/options.js";
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

/** The interface `compiler` of the WIT package, whose absent options arrive as `null`. */
export const compiler = {
  compile: (sources: readonly WitSource[], options: WitOptions): WitCompilation =>
    answer(() => {
      const { catalogue, diagnostics } = readServices(options.services);
      if (diagnostics.length > 0) {
        return { text: null, diagnostics: diagnostics.map(wellFormedDiagnostic) };
      }
      const compilation = compile(sources.map(toSource), toOptions(options, catalogue));
      return {
        text: compilation.text?.toWellFormed() ?? null,
        diagnostics: compilation.diagnostics.map(wellFormedDiagnostic),
      };
    }),
  check: (sources: readonly WitSource[], options: WitOptions): readonly WitDiagnostic[] =>
    answer(() => {
      const { catalogue, diagnostics } = readServices(options.services);
      if (diagnostics.length > 0) {
        return diagnostics.map(wellFormedDiagnostic);
      }
      return check(sources.map(toSource), toOptions(options, catalogue)).diagnostics.map(
        wellFormedDiagnostic,
      );
    }),
  plan: (
    sources: readonly WitSource[],
    options: WitOptions,
  ): { plan: WitPlan | null; diagnostics: readonly WitDiagnostic[] } =>
    answer(() => {
      const { plan, diagnostics } = planSources(sources, options);
      const answer = fitting(plan && witPlan(plan), sources, options);
      return {
        plan: answer.record,
        diagnostics: [...diagnostics, ...answer.diagnostics].map(wellFormedDiagnostic),
      };
    }),
  explain: (
    sources: readonly WitSource[],
    { machine, instance, setting }: WitQuestion,
    options: WitOptions,
  ): {
    explanation: WitExplanation | null;
    mistake: string | null;
    diagnostics: readonly WitDiagnostic[];
  } =>
    answer(() => {
      const { catalogue, diagnostics: inCatalogue } = readServices(options.services);
      if (inCatalogue.length > 0) {
        return {
          explanation: null,
          mistake: null,
          diagnostics: inCatalogue.map(wellFormedDiagnostic),
        };
      }
      const question = { machine, instance: instance ?? undefined, setting: setting ?? undefined };
      const { explanation, mistake, diagnostics } = explain(
        sources.map(toSource),
        question,
        toOptions(options, catalogue),
      );
      const answer = fitting(explanation && witExplanation(explanation), sources, options);
      return {
        explanation: answer.record,
        mistake: mistake?.toWellFormed() ?? null,
        diagnostics: [...diagnostics, ...answer.diagnostics].map(wellFormedDiagnostic),
      };
    }),
  diff: (
    before: readonly WitSource[],
    after: readonly WitSource[],
    options: WitOptions,
  ): {
    difference: WitDifference | null;
    before: readonly WitDiagnostic[];
    after: readonly WitDiagnostic[];
  } =>
    answer(() => {
      const [old, now] = [planSources(before, options), planSources(after, options)];
      const answer = fitting(
        old.plan && now.plan && witDifference(diff(old.plan, now.plan)),
        after,
        options,
      );
      return {
        difference: answer.record,
        before: old.diagnostics.map(wellFormedDiagnostic),
        after: [...now.diagnostics, ...answer.diagnostics].map(wellFormedDiagnostic),
      };
    }),
  graph: (
    sources: readonly WitSource[],
    options: WitOptions,
  ): { graph: string | null; diagnostics: readonly WitDiagnostic[] } =>
    answer(() => {
      const { plan, diagnostics } = planSources(sources, options);
      return {
        graph: plan === undefined ? null : graph(plan).toWellFormed(),
        diagnostics: diagnostics.map(wellFormedDiagnostic),
      };
    }),
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
  limits: Optional<Limits>;
}> & {
  readonly knownMachines: readonly { readonly name: string; readonly class: MachineClass }[];
  readonly allowNix: boolean;
  readonly denyWarnings: boolean;
};

type WitQuestion = { readonly machine: string } & Optional<{ instance: string; setting: string }>;

type WitDiagnostic = Omit<Diagnostic, "help"> & { readonly help: string | null };

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

function planSources(sources: readonly WitSource[], options: WitOptions): PlanResult {
  const { catalogue, diagnostics } = readServices(options.services);
  return diagnostics.length > 0
    ? { diagnostics }
    : plan(sources.map(toSource), toOptions(options, catalogue));
}

/** A record to answer with, if it is there and no longer than an output may be. */
function fitting<T extends object>(
  record: T | undefined,
  sources: readonly WitSource[],
  { limits }: WitOptions,
): { readonly record: T | null; readonly diagnostics: readonly Diagnostic[] } {
  const most = limits?.output ?? longestOutput;
  if (record === undefined || lengthOf(record) <= most) {
    return { record: record ?? null, diagnostics: [] };
  }
  const source = toSource(sources[0]!);
  return {
    record: null,
    diagnostics: locateOffsets([answerTooLong({ source, start: 0, end: 0 }, most)], [source]),
  };
}

function toSource({ name, path, text, format }: WitSource): Source {
  return { name, path: path ?? undefined, text, format: format ?? undefined };
}

function toOptions(options: WitOptions, services: Catalogue | null | undefined): CompileOptions {
  const { emit, to, knownMachines, allowNix, denyWarnings, rootDefault, limits } = options;
  return {
    emit: emit ?? undefined,
    to: to ?? undefined,
    knownMachines: Object.fromEntries(
      knownMachines.map((machine) => [machine.name, machine.class]),
    ),
    allowNix,
    denyWarnings,
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
function wellFormedDiagnostic({
  message,
  related,
  help,
  ...diagnostic
}: Diagnostic): WitDiagnostic {
  return {
    ...diagnostic,
    message: message.toWellFormed(),
    related: related.map(({ message, range }) => ({ message: message.toWellFormed(), range })),
    help: help?.toWellFormed() ?? null,
  };
}
