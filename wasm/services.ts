import { fillSchema } from "../src/catalogue/editor-schema.js";
import { completeCatalogue } from "../src/catalogue/read-catalogue.js";
import { inventorySchema } from "../src/generated/package.js";
import { type Service, type ServiceSet, wordedService } from "../src/model/catalogue.js";
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
  };
}

function witServiceSet(set: ServiceSet) {
  const { input, revision, date, services, moved } = set;
  return {
    input,
    revision: revision ?? null,
    date: date ?? null,
    services: [...services.keys()].map((name) => witService(name, wordedService(set, name)!)),
    moved: [...moved].map(([name, { input, url, readme }]) => ({
      name,
      input,
      url: url ?? null,
      readme: readme ?? null,
    })),
  };
}

function witService(
  name: string,
  { description, categories, readme, maxInstances, roles }: Service,
) {
  return {
    name,
    description: description ?? null,
    categories,
    readme: readme ?? null,
    maxInstances: maxInstances ?? null,
    roles: [...roles].map(([role, { description, settings, minMachines, maxMachines }]) => ({
      name: role,
      description: description ?? null,
      settings: settings === undefined ? null : writeJson(settings).trimEnd(),
      minMachines: minMachines ?? null,
      maxMachines: maxMachines ?? null,
    })),
  };
}
