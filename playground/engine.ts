/**
 * What the page asks of the compiler, and what it gets: plain data that can be
 * posted between threads. Values of settings are texts to show.
 */
import type {
  CompileOptions,
  Diagnostic,
  Difference,
  Explanation,
  MachineClass,
  MachineDifference,
  Membership,
  Question,
  SettingExplanation,
  Source,
} from "../src/index.js";

/** The compiler, wherever it runs. Mistakes in the sources are diagnostics; an exception is a bug of ours. */
export interface Engine {
  compile(sources: readonly Source[], options: EngineOptions): CompileAnswer;
  fleet(sources: readonly Source[], options: EngineOptions): FleetAnswer;
  explain(sources: readonly Source[], options: EngineOptions, question: Question): ExplainAnswer;
  diff(before: readonly Source[], after: readonly Source[], options: EngineOptions): DiffAnswer;
  graph(sources: readonly Source[], options: EngineOptions): GraphAnswer;
  version(): string;
}

/** As for the library, but catalogues of services are given as texts; the empty list is for knowing nothing. */
export type EngineOptions = Omit<CompileOptions, "services"> & { readonly services?: readonly Source[] | undefined };

interface Answer {
  readonly diagnostics: readonly Diagnostic[];
}

/** In each answer, what was asked for is absent if there is any error. */
export interface CompileAnswer extends Answer {
  readonly text?: string;
}

export interface FleetAnswer extends Answer {
  readonly fleet?: readonly FleetMachine[];
}

export interface FleetMachine {
  readonly name: string;
  readonly class: MachineClass;
  readonly tags: readonly string[];
  readonly roles: readonly FleetRole[];
}

export interface FleetRole {
  readonly instance: string;
  readonly role: string;
  readonly module: string;
  /** Whether the role names the machine. */
  readonly byName: boolean;
  /** The tags of the role that the machine carries. */
  readonly byTags: readonly string[];
}

export interface ExplainAnswer extends Answer {
  readonly explanation?: ShownExplanation;
  /** What the question has wrong: a sentence. */
  readonly mistake?: string;
}

export type ShownExplanation = Omit<Explanation, "memberships"> & { readonly memberships: readonly ShownMembership[] };
export type ShownMembership = Omit<Membership, "settings"> & { readonly settings?: readonly ShownSetting[] };
export type ShownSetting = Omit<SettingExplanation, "path" | "value" | "definitions"> & {
  readonly path: string;
  readonly value?: string;
  readonly definitions: readonly ShownDefinition[];
};
export type ShownDefinition = Omit<SettingExplanation["definitions"][number], "value"> & { readonly value: string };

export interface DiffAnswer extends Answer {
  readonly difference?: ShownDifference;
}

export type ShownDifference = Omit<Difference, "meta" | "changed"> & {
  readonly meta: readonly ShownChange[];
  readonly changed: readonly ShownMachineDifference[];
};

export interface ShownChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export type ShownMachineDifference = Pick<MachineDifference, "tags"> & {
  readonly machine: string;
  readonly fields: readonly ShownChange[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly roles: readonly { readonly role: string; readonly changes: readonly ShownChange[] }[];
};

export interface GraphAnswer extends Answer {
  /** A Mermaid flowchart. */
  readonly graph?: string;
}
