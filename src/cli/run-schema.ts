import { fillSchema } from "../catalogue/editor-schema.js";
import { completeCatalogue } from "../catalogue/read-catalogue.js";
import { inventorySchema } from "../generated/package.js";
import type { DataMap } from "../model/data.js";
import { writeJson } from "../text/json-writer.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { readServices } from "./read-services.js";
import { writeOutput } from "./write-text.js";

export function runSchema(invocation: Invocation, host: Host): number {
  const services = readServices(invocation, host);
  if (typeof services === "number") {
    return services;
  }
  const schema = JSON.parse(inventorySchema) as DataMap;
  writeOutput(writeJson(fillSchema(schema, completeCatalogue(services))), host);
  return 0;
}
