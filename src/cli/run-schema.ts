import { fillSchema } from "../catalogue/editor-schema.js";
import { completeCatalogue } from "../catalogue/read-catalogue.js";
import type { DataMap } from "../model/data.js";
import { writeJson } from "../text/json-writer.js";
import type { Invocation } from "./arguments.js";
import type { Host } from "./host.js";
import { packageFile } from "./package.js";
import { readServices } from "./read-services.js";

export async function runSchema(invocation: Invocation, host: Host): Promise<number> {
  const services = await readServices(invocation, host);
  if (typeof services === "number") {
    return services;
  }
  const schema = JSON.parse(packageFile("schema/inventory.schema.json")) as DataMap;
  await host.writeStdout(writeJson(fillSchema(schema, completeCatalogue(services))));
  return 0;
}
