import type { Tracer } from "../diagnostics/tracer.js";
import type { Data } from "../model/data.js";
import type { Layer } from "../model/inventory.js";
import type { MachineClass } from "../model/machine-fields.js";
import type { Origin, Path } from "../model/origin.js";
import type { Range } from "../model/source.js";

/** What is to be explained. */
export interface Question {
  readonly machine: string;
  /** `instance` or `instance.role`; its settings are explained too. */
  readonly instance?: string | undefined;
  /** Keys joined by dots, those that hold dots in double quotes; or a list of keys. */
  readonly setting?: string | Path | undefined;
}

/** Why a machine gets what it gets: plain data, with values as in a plan; `showJson` writes it. */
export interface Explanation {
  readonly machine: string;
  readonly class: MachineClass;
  /** Where it is declared; absent for a machine known from outside. */
  readonly range?: Range;
  readonly tags: readonly TagExplanation[];
  readonly memberships: readonly Membership[];
  /** The roles asked for that it does not have; empty where the question names no instance. */
  readonly absences: readonly Absence[];
}

export interface TagExplanation {
  readonly tag: string;
  readonly reasons: readonly TagReason[];
}

/** Why a machine has a tag. */
export interface TagReason {
  /**
   * `own`: by the machine's `tags`; `list`: the tag's list names it;
   * `predefined`: every machine, or every one of its class, has it. The others
   * are parts of a selector: its `machines`, an entry of `anyOf` or `allOf`, or
   * `every`, where it starts with every machine.
   */
  readonly kind: "own" | "list" | "predefined" | "machines" | "anyOf" | "allOf" | "every";
  /** Absent for predefined tags. */
  readonly range?: Range;
  /** The tag of the machine that an entry of `anyOf` or `allOf` means. */
  readonly tag?: string;
}

export interface Membership {
  readonly instance: string;
  readonly role: string;
  readonly reasons: readonly MemberReason[];
  /** By path; absent where the question names no instance. */
  readonly settings?: readonly SettingExplanation[];
}

/** By its own name, or through a tag: where the role says so. */
export type MemberReason =
  | { readonly kind: "name"; readonly range: Range }
  | { readonly kind: "tag"; readonly tag: string; readonly range: Range };

/** A role that the machine does not have, and who has it. */
export interface Absence {
  readonly instance: string;
  readonly role: string;
  readonly range: Range;
  readonly tags: readonly string[];
  readonly machines: readonly string[];
}

export interface SettingExplanation {
  readonly path: Path;
  /** Absent where nothing is left, or the value is that of the settings inside. */
  readonly value?: Data;
  /** Whether the type of the option, which only Nix knows, may make something else of it. */
  readonly undecided: boolean;
  /** In order of definition. */
  readonly definitions: readonly DefinitionExplanation[];
}

export interface DefinitionExplanation {
  readonly layer: Pick<Layer, "kind" | "name">;
  readonly range: Range;
  readonly value: Data;
  /** Where the value is taken from, if it is not written there. */
  readonly sources?: readonly ValueSource[];
  /** 100 where none is given. */
  readonly priority: number;
  /** 1000 where none is given. */
  readonly order: number;
  readonly fate: Fate;
}

/** A shared value, or a part of a concatenation. */
export interface ValueSource {
  readonly range: Range;
  /** The name of the shared value. */
  readonly name?: string;
  /** The part as it is written. */
  readonly value?: Data;
}

/** `lost`: another has a lower priority number; `off`: its condition is false. */
export type Fate = "won" | "merged" | "lost" | "off";

export type RangeOf = (origin: Origin) => Range;

/** What is known of the places in the sources. */
export interface Places {
  readonly rangeOf: RangeOf;
  readonly tracer: Tracer;
}
