import { type KnownNames, nearest } from "../../diagnostics/suggest.js";
import type { Service } from "../../model/catalogue.js";
import type { Instance } from "../../model/inventory.js";

/** Whether an instance seems to be of a service that it does not name: none of its roles is known. */
export function isOfOtherService(
  { module, roles }: Instance,
  service: Service,
  { near }: KnownNames,
): boolean {
  const isUnknown = (name: string) => !service.roles.has(name) && nearest(name, near).length === 0;
  return roles.size > 1 && !module.has("name") && [...roles.keys()].every(isUnknown);
}
