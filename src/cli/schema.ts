import type { DataMap } from "../document.js";
import { fillSchema } from "../editor-schema.js";
import { completeCatalogue } from "../read-catalogue.js";
import { writeJson } from "../text/json-writer.js";
import type { Invocation } from "./arguments.js";
import { readServices } from "./catalogue.js";
import type { Host } from "./host.js";
import { packageFile } from "./package.js";

export async function runSchema(invocation: Invocation, host: Host): Promise<number> {
  const services = await readServices(invocation, host);
  if (typeof services === "number") return services;
  const schema = JSON.parse(packageFile("schema/inventory.schema.json")) as DataMap;
  await host.writeStdout(writeJson(fillSchema(schema, completeCatalogue(services))));
  return 0;
}
