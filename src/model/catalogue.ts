import type { Data, DataMap } from "./data.js";
import type { Instance } from "./inventory.js";
import type { Schema } from "./setting-schema.js";

/** What is known of services, by the flake input that brings them. */
export interface Catalogue {
  readonly inputs: ReadonlyMap<string, ServiceSet>;
}

/** The services of one flake input. */
export interface ServiceSet {
  readonly input: string;
  /**
   * How grave it is not to be in the catalogue: a warning where the user may well have another
   * version.
   */
  readonly severity: "error" | "warning";
  /** The day of the version that the catalogue describes, as `2026-08-22`. */
  readonly date: string | undefined;
  readonly revision: string | undefined;
  readonly services: ReadonlyMap<string, Service>;
}

export interface Service {
  readonly maxInstances: number | undefined;
  readonly roles: ReadonlyMap<string, ServiceRole>;
}

export interface ServiceRole {
  /** Absent where nothing is known of the settings. */
  readonly settings: Schema | undefined;
  /** Bounds on the members in one instance. */
  readonly minMachines: number | undefined;
  readonly maxMachines: number | undefined;
}

/** A catalogue as this project writes it: {@link ServiceSet} as data. */
export interface CatalogueFile extends DataMap {
  readonly source: string;
  readonly services: DataMap;
}

/** Both catalogues; where both know an input, what `stronger` says of it. */
export function uniteCatalogues(weaker: Catalogue, stronger: Catalogue): Catalogue {
  return { inputs: new Map([...weaker.inputs, ...stronger.inputs]) };
}

/** The flake input that a module comes from if it names none. */
export const defaultInput = "clan-core";

/** The flake input that the module of an instance comes from. */
export function inputOf({ module }: Pick<Instance, "module">): string {
  return module.get("input")?.value ?? defaultInput;
}

/** The service of an instance, if the catalogue knows it. */
export function serviceOf(
  instanceName: string,
  instance: Pick<Instance, "module">,
  { inputs }: Catalogue,
): Service | undefined {
  const name = instance.module.get("name")?.value ?? instanceName;
  return inputs.get(inputOf(instance))?.services.get(name);
}

/** The catalogue as data that can be read again; of all services, or of those of one name. */
export function catalogueData(catalogue: Catalogue, name?: string): Data {
  const sets = [...catalogue.inputs.values()].filter(
    ({ services }) => name === undefined || services.has(name),
  );
  return sets.map(({ input, revision, date, services }) => ({
    source: input,
    ...(revision !== undefined && { revision }),
    ...(date !== undefined && { date }),
    services: Object.fromEntries(
      [...services]
        .filter(([service]) => name === undefined || service === name)
        .map(([service, of]) => [service, serviceData(of)]),
    ),
  }));
}

function serviceData({ maxInstances, roles }: Service): Data {
  return {
    ...(maxInstances !== undefined && { maxInstances }),
    roles: Object.fromEntries([...roles].map(([name, role]) => [name, roleData(role)])),
  };
}

function roleData({ settings, minMachines, maxMachines }: ServiceRole): Data {
  return {
    ...(settings !== undefined && { settings }),
    ...(minMachines !== undefined && { minMachines }),
    ...(maxMachines !== undefined && { maxMachines }),
  };
}
