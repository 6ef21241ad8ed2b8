/**
 * What the page asks the compiler and what it gets: plain data that can be posted between threads.
 * Values are texts as people write them in YAML.
 */
import type { CompileOptions, Diagnostic, MachineClass, Range, Source } from "../src/index.js";
import type { View } from "./state.js";

/** An inventory as the compiler takes it; catalogues of services are texts. */
export interface Inventory {
  readonly sources: readonly Source[];
  readonly options: Omit<CompileOptions, "services"> & {
    /** Replace the built-in catalogue, input by input; an empty list turns the check off. */
    readonly services?: readonly Source[] | undefined;
  };
}

/** What the page shows of it. */
export interface Asked {
  readonly view: View;
  readonly question: Question;
  /** The sources that it is compared with. */
  readonly baseline: readonly Source[];
}

/** What is explained; `machine` is empty where nothing is chosen, `instance` where all are. */
export interface Question {
  readonly machine: string;
  readonly instance: string;
}

export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  /** The compiler's own time. */
  readonly milliseconds: number;
  /** Absent where the texts cannot be understood. */
  readonly fleet?: Fleet | undefined;
  /** Absent where either version cannot be understood. */
  readonly difference?: Difference | undefined;
  /** What is wrong with the version that is compared with; empty if nothing. */
  readonly baselineErrors: readonly Diagnostic[];
  /** What the view shows besides; absent where there is nothing to show. */
  readonly content?: Content | undefined;
}

export type Content =
  | { readonly view: "changes" }
  | { readonly view: "nix" | "json" | "yaml"; readonly text: string }
  | { readonly view: "fleet" | "explain"; readonly explanation?: Explanation | undefined }
  | { readonly view: "graph"; readonly mermaid: string };

export interface Fleet {
  /** The clan's name. */
  readonly name?: string | undefined;
  /** In the order in which they are declared, those from outside last. */
  readonly machines: readonly FleetMachine[];
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

export interface Explanation {
  readonly machine: string;
  readonly class: MachineClass;
  /** Where it is declared; absent for a machine known from outside. */
  readonly range?: Range | undefined;
  readonly tags: readonly { readonly tag: string; readonly reasons: readonly Reason[] }[];
  readonly memberships: readonly Membership[];
}

/** A sentence, and the place that makes it true. */
export interface Reason {
  readonly text: string;
  readonly range?: Range | undefined;
}

export interface Membership {
  readonly instance: string;
  readonly role: string;
  readonly reasons: readonly Reason[];
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly path: string;
  /** Absent where nothing is left, or the value is that of the settings inside. */
  readonly value?: string | undefined;
  /** Whether only Nix knows what becomes of it. */
  readonly undecided: boolean;
  readonly definitions: readonly Definition[];
}

export interface Definition {
  /** `the role`, `tag mobile`, … */
  readonly layer: string;
  readonly range: Range;
  readonly value: string;
  readonly priority: number;
  readonly order: number;
  readonly fate: "won" | "merged" | "lost" | "off";
}

export interface Difference {
  readonly meta: readonly Change[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Machines that change in the same way are one entry. */
  readonly changed: readonly MachineChanges[];
  readonly unchanged: number;
  readonly redeploy: readonly string[];
  readonly neighbours: readonly string[];
}

export interface MachineChanges {
  readonly machines: readonly string[];
  readonly fields: readonly Change[];
  readonly tagsGained: readonly string[];
  readonly tagsLost: readonly string[];
  /** `instance.role` */
  readonly rolesGained: readonly string[];
  readonly rolesLost: readonly string[];
  readonly rolesChanged: readonly { readonly role: string; readonly changes: readonly Change[] }[];
}

export interface Change {
  readonly path: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What may be written at the cursor. */
export interface Offer {
  readonly label: string;
  readonly kind: string;
  readonly detail?: string | undefined;
  /** What is compared with the text from `from` to the cursor. */
  readonly filterText: string;
  readonly from: number;
  /** That of the offer itself, then those it needs elsewhere, which come before it in the text. */
  readonly edits: readonly Edit[];
  /** Where the cursor goes on in the text; behind it if absent. */
  readonly caret?: number | undefined;
}

/** An insertion where the stretch is empty. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}
