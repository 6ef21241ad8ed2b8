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
  /** What names the revision, such as `flake.lock`; absent for the latest one. */
  readonly from: string | undefined;
  readonly services: ReadonlyMap<string, Service>;
  /** Services that the input once had. */
  readonly moved: ReadonlyMap<string, MovedService>;
  /**
   * A service with the words for people that `services` leaves out, because most questions need none;
   * absent where it leaves out nothing.
   */
  readonly wordsOf: ((name: string) => Service | undefined) | undefined;
}

/** A service of a set, with all that is known of it for people. */
export function wordedService(
  { services, wordsOf }: ServiceSet,
  name: string,
): Service | undefined {
  return services.has(name) ? (wordsOf?.(name) ?? services.get(name)) : undefined;
}

/** Where a service has moved. */
export interface MovedService {
  readonly input: string;
  readonly url: string | undefined;
  /** In Markdown. */
  readonly readme: string | undefined;
}

export interface Service {
  readonly description: string | undefined;
  readonly categories: readonly string[];
  /** In Markdown. */
  readonly readme: string | undefined;
  readonly maxInstances: number | undefined;
  readonly roles: ReadonlyMap<string, ServiceRole>;
}

export interface ServiceRole {
  readonly description: string | undefined;
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
  const isAsked = (service: string) => name === undefined || service === name;
  return [...catalogue.inputs.values()].flatMap((set) => {
    const { input, revision, date, services, moved } = set;
    const known = [...services.keys()].filter(isAsked);
    const gone = [...moved].filter(([service]) => isAsked(service));
    return known.length + gone.length === 0 && name !== undefined
      ? []
      : [
          {
            source: input,
            ...(revision !== undefined && { revision }),
            ...(date !== undefined && { date }),
            services: Object.fromEntries(
              known.map((name) => [name, serviceData(wordedService(set, name)!)]),
            ),
            ...(gone.length > 0 && {
              moved: Object.fromEntries(gone.map(([name, to]) => [name, movedData(to)])),
            }),
          },
        ];
  });
}

function movedData({ input, url, readme }: MovedService): Data {
  return {
    input,
    ...(url !== undefined && { url }),
    ...(readme !== undefined && { readme }),
  };
}

function serviceData({ description, categories, readme, maxInstances, roles }: Service): Data {
  return {
    ...(description !== undefined && { description }),
    ...(categories.length > 0 && { categories }),
    ...(readme !== undefined && { readme }),
    ...(maxInstances !== undefined && { maxInstances }),
    roles: Object.fromEntries([...roles].map(([name, role]) => [name, roleData(role)])),
  };
}

function roleData({ description, settings, minMachines, maxMachines }: ServiceRole): Data {
  return {
    ...(description !== undefined && { description }),
    ...(settings !== undefined && { settings }),
    ...(minMachines !== undefined && { minMachines }),
    ...(maxMachines !== undefined && { maxMachines }),
  };
}
