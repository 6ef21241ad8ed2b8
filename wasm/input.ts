import { readCatalogue } from "../src/catalogue/read-catalogue.js";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { type Catalogue, uniteCatalogues } from "../src/model/catalogue.js";
import type { MachineClass } from "../src/model/machine-fields.js";
import type { CompileOptions, Limits, SeverityRule } from "../src/model/options.js";
import type { Source, SourceFormat } from "../src/model/source.js";
import { boundedLimits } from "./bounded-limits.js";

/** A record of WIT, whose absent fields arrive as `null`. */
export type Optional<T> = { readonly [Key in keyof T]: T[Key] | null };

export type WitSource = Pick<Source, "name" | "text"> &
  Optional<{ path: string; format: SourceFormat; isCompanion: boolean }>;

export type WitOptions = Optional<{
  emit: NonNullable<CompileOptions["emit"]>;
  to: NonNullable<CompileOptions["to"]>;
  rootDefault: { readonly tag: "required" } | { readonly tag: "path"; readonly val: string };
  services: readonly WitSource[];
  severities: readonly SeverityRule[];
  clanCoreInput: string;
  clanCore: string;
  limits: Optional<Limits>;
}> & {
  readonly knownMachines: readonly { readonly name: string; readonly class: MachineClass }[];
  readonly allowNix: boolean;
  readonly denyWarnings: boolean;
};

export function toSource({ name, path, text, format, isCompanion }: WitSource): Source {
  return {
    name,
    path: path ?? undefined,
    text,
    format: format ?? undefined,
    isCompanion: isCompanion ?? undefined,
  };
}

export function toOptions(
  options: WitOptions,
  services: Catalogue | null | undefined,
): CompileOptions {
  const { emit, to, knownMachines, allowNix, denyWarnings, severities } = options;
  const { rootDefault, clanCoreInput, clanCore, limits } = options;
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
    clanCoreInput: clanCoreInput ?? undefined,
    clanCore: clanCore ?? undefined,
    limits: boundedLimits(limits === null ? {} : unsigned(limits)),
  };
}

/** The engine hands a `u32` on as an `i32`, whose upper half is negative. */
function unsigned(limits: Optional<Limits>): Optional<Limits> {
  const entries = Object.entries(limits).map(([name, limit]) => [name, limit && limit >>> 0]);
  return Object.fromEntries(entries);
}

/** The catalogue that an option names by its texts; or what is wrong with them. */
export function readServices(services: readonly WitSource[] | null): {
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
