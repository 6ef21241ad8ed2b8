import { didYouMean, nearest } from "../diagnostics/suggest.js";
import { catalogueData } from "../model/catalogue.js";
import { showService, showServices } from "../show/show-services.js";
import { writeJson } from "../text/json-writer.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { readKnownServices } from "./read-known-services.js";
import { writeOutput } from "./write-text.js";

export function runServices(invocation: Invocation, host: Host): number {
  const { flags, operands } = invocation;
  const [name, excess] = operands;
  if (excess !== undefined) {
    return fail([`'services' takes one name; unexpected '${excess}'`], host);
  }
  const catalogue = readKnownServices(invocation, host);
  if (typeof catalogue === "number") {
    return catalogue;
  }

  const known = [...catalogue.inputs.values()].flatMap(({ services, moved }) => [
    ...services.keys(),
    ...moved.keys(),
  ]);
  if (name !== undefined && !known.includes(name)) {
    return fail([`no service is named '${name}'${didYouMean(nearest(name, known))}`], host);
  }
  const show = () => (name === undefined ? showServices(catalogue) : showService(catalogue, name));
  writeOutput(flags.has("json") ? writeJson(catalogueData(catalogue, name)) : show(), host);
  return 0;
}
