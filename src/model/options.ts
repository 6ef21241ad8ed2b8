import type { Catalogue } from "./catalogue.js";
import type { MachineClass } from "./machine-fields.js";

/**
 * UTF-16 units that an output may have: engines hold twice as many in a string, and not much more.
 */
export const longestOutput = 2 ** 28;

/** UTF-16 units that an answer about an inventory may have. */
export const longestAnswer = 2 ** 26;

/** The outputs that there are. */
export const outputLanguages = ["nix", "json", "yaml"] as const;
export type OutputLanguage = (typeof outputLanguages)[number];

/** How roles are written: with all members by name, or as declared. */
export const emitModes = ["resolved", "declared"] as const;
export type EmitMode = (typeof emitModes)[number];

/** What {@link compile} can be told. Every option may be left out. */
export interface CompileOptions {
  /**
   * `resolved` (default): each member by name with its merged settings. `declared`: roles as
   * written.
   */
  readonly emit?: EmitMode | undefined;
  /**
   * The output's language; default `nix`. YAML is for going on from, so there `emit` defaults to
   * `declared`.
   */
  readonly to?: OutputLanguage | undefined;
  /** Machines declared elsewhere: they count for tags and members, and are not emitted. */
  readonly knownMachines?: Readonly<Record<string, MachineClass>> | undefined;
  /** Whether `!nix` may bring raw Nix code into the output; default `false`. */
  readonly allowNix?: boolean | undefined;
  /** Whether warnings count as errors; default `false`. */
  readonly denyWarnings?: boolean | undefined;
  /** What findings become by their codes; the last rule for a code wins. */
  readonly severities?: readonly SeverityRule[] | undefined;
  /**
   * The default of the output's argument `root`, as a path relative to the output (`.`,
   * `../inventory`), or `null` for none; default `.`. Paths in YAML start with it.
   */
  readonly rootDefault?: string | null | undefined;
  /**
   * What is known of services beside the built-in catalogue, whose inputs it replaces one by one;
   * `null` for nothing at all.
   */
  readonly services?: Catalogue | null | undefined;
  /** Another flake input that is clan-core, whose services the built-in catalogue knows. */
  readonly clanCoreInput?: string | undefined;
  /**
   * The clan-core that the built-in catalogue is of: `latest` (default), a day such as `2026-03-01`, or
   * the first digits of a revision that is built in.
   */
  readonly clanCore?: string | ClanCoreVersion | undefined;
  /** Shows which files are there, so that missing ones are found; by default none can be seen. */
  readonly files?: Files | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** A version of clan-core, for the help of findings with what says so and when that was. */
export interface ClanCoreVersion {
  readonly version: string;
  /** Such as `flake.lock`. */
  readonly from: string;
  /** The day of what is pinned, where the built-in revision is an earlier one with the same services. */
  readonly date?: string | undefined;
}

/**
 * The files that the paths in an inventory lead to. Paths are as those of the sources: with `/`, and
 * absolute or relative to the same folder. What cannot be seen is like what is not there.
 */
export interface Files {
  exists(path: string): boolean;
  /** The names in a folder, in any order; `undefined` where no folder can be seen. */
  list(folder: string): readonly string[] | undefined;
}

/**
 * What findings with a code become. An error that leaves nothing to compile in its place stays one.
 */
export interface SeverityRule {
  /** A code, or `all`. */
  readonly code: string;
  readonly severity: "error" | "warning" | "ignore";
}

export interface Limits {
  /**
   * Nesting of maps and lists; default 64, at most 200, which every engine's stack has room for.
   */
  readonly depth: number;
  /** UTF-16 units of one source; default 64 Mi. */
  readonly size: number;
  /**
   * Values of one source, aliases counted as expanded, and 16 UTF-16 units of text that they repeat
   * as one more; default 5,000,000.
   */
  readonly values: number;
  /** Tags that the patterns of all selectors are compared with; default 5,000,000. */
  readonly patterns: number;
  /** Machines that tags expand to, counted in each role and selector; default 2,000,000. */
  readonly members: number;
  /**
   * Values of the settings that are merged, counted again for members with other settings; default
   * 1,000,000.
   */
  readonly settings: number;
  /** Steps of checking the settings against a catalogue; default 5,000,000. */
  readonly checks: number;
  /** UTF-16 units of the output; default 256 Mi. */
  readonly output: number;
}

/**
 * {@link CompileOptions} with nothing left out but `emit`, whose default is the language's, and
 * `clanCoreInput`.
 */
export type CompleteOptions = {
  readonly [Key in Exclude<keyof CompileOptions, "emit" | "clanCoreInput">]-?: Exclude<
    CompileOptions[Key],
    undefined
  >;
} & {
  readonly emit: EmitMode | undefined;
  readonly clanCoreInput: string | undefined;
  readonly limits: Limits;
};

/** Throws a `TypeError` for a word that `to` or `emit` does not have, as JavaScript may pass it. */
export function completeOptions(options: CompileOptions): CompleteOptions {
  return {
    to: oneOf(outputLanguages, options.to ?? "nix", "to"),
    emit: options.emit === undefined ? undefined : oneOf(emitModes, options.emit, "emit"),
    knownMachines: options.knownMachines ?? {},
    allowNix: options.allowNix ?? false,
    denyWarnings: options.denyWarnings ?? false,
    severities: options.severities ?? [],
    rootDefault: options.rootDefault === undefined ? "." : options.rootDefault,
    services: options.services === undefined ? { inputs: new Map() } : options.services,
    clanCoreInput: options.clanCoreInput,
    clanCore: options.clanCore ?? "latest",
    files: options.files ?? noFiles,
    limits: completeLimits(options.limits ?? {}),
  };
}

const noFiles: Files = { exists: () => false, list: () => undefined };

function completeLimits(limits: Partial<Limits>): Limits {
  return {
    depth: Math.min(limits.depth ?? 64, 200),
    size: limits.size ?? 64 * 1024 * 1024,
    values: limits.values ?? 5_000_000,
    patterns: limits.patterns ?? 5_000_000,
    members: limits.members ?? 2_000_000,
    settings: limits.settings ?? 1_000_000,
    checks: limits.checks ?? 5_000_000,
    output: limits.output ?? longestOutput,
  };
}

/** The mode that is asked for, or else that of the language. */
export function emitModeOf({ emit, to }: Pick<CompleteOptions, "emit" | "to">): EmitMode {
  return emit ?? (to === "yaml" ? "declared" : "resolved");
}

export function isSameLimits(a: Limits, b: Limits): boolean {
  return (Object.keys(a) as (keyof Limits)[]).every((limit) => a[limit] === b[limit]);
}

function oneOf<Word extends string>(words: readonly Word[], word: Word, option: string): Word {
  if (!words.includes(word)) {
    const known = words.map((known) => `'${known}'`).join(", ");
    throw new TypeError(`the option '${option}' is one of ${known}, not '${word}'`);
  }
  return word;
}
