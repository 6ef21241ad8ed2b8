import type { Path } from "./origin.js";

/** Whether this path may have any value: in settings and modules. */
export function isFreeForm([instances, , roles, , member, , settings]: Path): boolean {
  if (instances !== "instances" || roles !== "roles") {
    return false;
  }
  return (
    member === "settings" ||
    member === "extraModules" ||
    ((member === "machines" || member === "tags") && settings === "settings")
  );
}
