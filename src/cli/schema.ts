import type { Invocation } from "./arguments.js";
import type { Host } from "./host.js";
import { packageFile } from "./package.js";

export async function runSchema(_: Invocation, host: Host): Promise<number> {
  await host.writeStdout(packageFile("schema/inventory.schema.json"));
  return 0;
}
