import { completeCatalogue } from "../catalogue/read-catalogue.js";
import type { Catalogue } from "../model/catalogue.js";
import { findClanCore } from "./find-clan-core.js";
import { gatherServices } from "./gather-services.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { isRefusal, reportRefusal } from "./refusal.js";

/**
 * The services that an inventory in the working folder is checked against. A failure is reported, and
 * its exit code given.
 */
export function readKnownServices(invocation: Invocation, host: Host): Catalogue | number {
  const services = gatherServices(invocation, host);
  if (isRefusal(services)) {
    return reportRefusal(services, invocation, host);
  }
  const found = findClanCore(invocation, host, host.cwd, services);
  return isRefusal(found)
    ? reportRefusal(found, invocation, host)
    : completeCatalogue(services, undefined, found.clanCore);
}
