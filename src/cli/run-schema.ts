import { editorSchema } from "../catalogue/editor-schema.js";
import { writeJson } from "../text/json-writer.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { readKnownServices } from "./read-known-services.js";
import { writeOutput } from "./write-text.js";

export function runSchema(invocation: Invocation, host: Host): number {
  const catalogue = readKnownServices(invocation, host);
  if (typeof catalogue === "number") {
    return catalogue;
  }
  writeOutput(writeJson(editorSchema(catalogue)), host);
  return 0;
}
