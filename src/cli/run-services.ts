import { completeCatalogue } from "../catalogue/read-catalogue.js";
import { didYouMean } from "../diagnostics/suggest.js";
import { catalogueData } from "../model/catalogue.js";
import { showService, showServices } from "../show/show-services.js";
import { writeJson } from "../text/json-writer.js";
import type { Invocation } from "./arguments.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { readServices } from "./read-services.js";

export async function runServices(invocation: Invocation, host: Host): Promise<number> {
  const { flags, operands } = invocation;
  const [name, excess] = operands;
  if (excess !== undefined) {
    return fail(host, [`'services' takes one name, not also '${excess}'`]);
  }
  const services = await readServices(invocation, host);
  if (typeof services === "number") {
    return services;
  }

  const catalogue = completeCatalogue(services);
  const known = [...catalogue.inputs.values()].flatMap(({ services }) => [...services.keys()]);
  if (name !== undefined && !known.includes(name)) {
    return fail(host, [`no service is named '${name}'${didYouMean(name, known)}`]);
  }
  if (flags.has("json")) {
    await host.writeStdout(writeJson(catalogueData(catalogue, name)));
  } else {
    await host.writeStdout(
      name === undefined ? showServices(catalogue) : showService(catalogue, name),
    );
  }
  return 0;
}
