/**
 * What the page asks the compiler and what it gets: plain data that can be posted between threads,
 * in the terms of `wasm/wit/compiler.wit`.
 */
import type {
  CompileOptions,
  Diagnostic,
  MachineClass,
  Question,
  Range,
  Source,
} from "../src/index.js";

/**
 * The compiler, wherever it runs. Mistakes in the sources are diagnostics; an exception is a bug of
 * ours.
 */
export interface Engine {
  compile(sources: readonly Source[], options: EngineOptions): CompileAnswer;
  fleet(sources: readonly Source[], options: EngineOptions): FleetAnswer;
  explain(sources: readonly Source[], question: Question, options: EngineOptions): ExplainAnswer;
  diff(before: readonly Source[], after: readonly Source[], options: EngineOptions): DiffAnswer;
  graph(sources: readonly Source[], options: EngineOptions): GraphAnswer;
  version(): string;
}

/**
 * As for the library, except that catalogues of services are texts; an empty list turns the check
 * off.
 */
export type EngineOptions = Omit<CompileOptions, "services"> & {
  readonly services?: readonly Source[] | undefined;
};

interface Answer {
  readonly diagnostics: readonly Diagnostic[];
}

/** In each answer, the result is absent if there is any error. */
export interface CompileAnswer extends Answer {
  readonly text?: string;
}

export interface FleetAnswer extends Answer {
  readonly fleet?: readonly FleetMachine[];
}

/** A machine of the plan without its settings, which are asked for one by one. */
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
  readonly byName: boolean;
  readonly byTags: readonly string[];
}

export interface ExplainAnswer extends Answer {
  readonly explanation?: Explanation;
  readonly mistake?: string;
}

export interface Explanation {
  readonly machine: string;
  readonly class: MachineClass;
  readonly range?: Range;
  readonly tags: readonly { readonly tag: string; readonly reasons: readonly TagReason[] }[];
  readonly memberships: readonly Membership[];
}

export interface TagReason {
  readonly kind: "own" | "list" | "predefined" | "machines" | "any-of" | "all-of" | "every";
  readonly range?: Range;
  readonly tag?: string;
}

export interface Membership {
  readonly instance: string;
  readonly role: string;
  readonly reasons: readonly { readonly tag?: string; readonly range: Range }[];
  readonly settings?: readonly Setting[];
}

export interface Setting {
  readonly path: string;
  readonly value?: string;
  readonly undecided: boolean;
  readonly definitions: readonly Definition[];
}

export interface Definition {
  readonly layer:
    | { readonly tag: "tag" | "machine"; readonly val: string }
    | { readonly tag: "role" };
  readonly range: Range;
  readonly value: string;
  readonly priority: number;
  readonly order: number;
  readonly fate: "won" | "merged" | "lost" | "off";
}

export interface DiffAnswer extends Answer {
  /** Those of the old version; the other diagnostics are those of the new one. */
  readonly before: readonly Diagnostic[];
  readonly difference?: Difference;
}

export interface Difference {
  readonly meta: readonly Change[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly MachineDifference[];
  readonly unchanged: number;
  readonly redeploy: readonly string[];
  readonly neighbours: readonly string[];
}

export interface Change {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export interface MachineDifference {
  readonly machine: string;
  readonly fields: readonly Change[];
  readonly tagsGained: readonly string[];
  readonly tagsLost: readonly string[];
  readonly rolesGained: readonly RoleName[];
  readonly rolesLost: readonly RoleName[];
  readonly rolesChanged: readonly RoleDifference[];
}

export interface RoleName {
  readonly instance: string;
  readonly role: string;
}

export interface RoleDifference extends RoleName {
  readonly module?: { readonly before: ServiceModule; readonly after: ServiceModule };
  readonly settings: readonly Change[];
  readonly extraModules?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

export interface ServiceModule {
  readonly name: string;
  readonly input: string;
}

export interface GraphAnswer extends Answer {
  /** A Mermaid flowchart. */
  readonly graph?: string;
}
