import { fillSchema } from "../src/catalogue/editor-schema.js";
import { completeCatalogue } from "../src/catalogue/read-catalogue.js";
import { inventorySchema } from "../src/generated/package.js";
import type { Catalogue, Service, ServiceSet } from "../src/model/catalogue.js";
import type { DataMap } from "../src/model/data.js";
import { writeJson } from "../src/text/json-writer.js";
import { toWit, type WitDiagnostic } from "./diagnostics.js";
import { readServices, type WitSource } from "./input.js";

export type WitServiceSet = ReturnType<typeof witServiceSet>;

/** The services of the catalogues that an option names, or of the built-in one. */
export function listServices(services: readonly WitSource[] | null): {
  readonly sets: readonly WitServiceSet[] | null;
  readonly diagnostics: readonly WitDiagnostic[];
} {
  const { catalogue, diagnostics } = completed(services);
  return {
    sets: catalogue === undefined ? null : [...catalogue.inputs.values()].map(witServiceSet),
    diagnostics: diagnostics.map(toWit),
  };
}

/** The schema of inventories with what those catalogues know. */
export function editorSchema(services: readonly WitSource[] | null): {
  readonly schema: string | null;
  readonly diagnostics: readonly WitDiagnostic[];
} {
  const { catalogue, diagnostics } = completed(services);
  const schema =
    catalogue === undefined
      ? null
      : writeJson(fillSchema(JSON.parse(inventorySchema) as DataMap, catalogue)).toWellFormed();
  return { schema, diagnostics: diagnostics.map(toWit) };
}

function completed(services: readonly WitSource[] | null) {
  const { catalogue, diagnostics } = readServices(services);
  return {
    catalogue: diagnostics.length > 0 ? undefined : completeCatalogue(catalogue),
    diagnostics,
  } satisfies { readonly catalogue: Catalogue | undefined; readonly diagnostics: unknown };
}

function witServiceSet({ input, revision, date, services }: ServiceSet) {
  return {
    input,
    revision: revision ?? null,
    date: date ?? null,
    services: [...services].map(([name, service]) => witService(name, service)),
  };
}

function witService(name: string, { maxInstances, roles }: Service) {
  return {
    name,
    maxInstances: maxInstances ?? null,
    roles: [...roles].map(([role, { settings, minMachines, maxMachines }]) => ({
      name: role,
      settings: settings === undefined ? null : writeJson(settings).trimEnd(),
      minMachines: minMachines ?? null,
      maxMachines: maxMachines ?? null,
    })),
  };
}
