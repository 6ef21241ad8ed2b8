import { sortedEntries } from "./name-order.js";
import type { Located } from "./origin.js";

export type MachineClass = "nixos" | "darwin";

/** Tags that always exist; patterns of selectors pass them by. */
export const predefinedTags: readonly string[] = ["all", "darwin", "nixos"];

/** Whether machines of this class have the predefined tag, unless it is redefined. */
export function hasPredefinedTag(machineClass: MachineClass, tag: string): boolean {
  return tag === "all" || tag === machineClass;
}

export type FieldValue = string | number | bigint | boolean;

export type MachineField =
  | "name"
  | "description"
  | "icon"
  | "machineClass"
  | "installedAt"
  | "deploy.targetHost"
  | "deploy.buildHost"
  | "deploy.forwardAgent";

/** Scalars of a machine by their dotted name. */
export type MachineFields = ReadonlyMap<MachineField, Located<FieldValue>>;

/** The class that the inventory gives a machine. */
export function classOf({ fields }: { readonly fields: MachineFields }): MachineClass {
  return (fields.get("machineClass")?.value ?? "nixos") as MachineClass;
}

/** A machine's fields in the inventory's shape, sorted, `deploy` with its own inside. */
export function nestFields({ fields }: { readonly fields: MachineFields }): {
  [field: string]: FieldValue | { [field: string]: FieldValue };
} {
  const deploy: { [field: string]: FieldValue } = {};
  const nested: { [field: string]: FieldValue | { [field: string]: FieldValue } } = {};
  for (const [field, { value }] of sortedEntries(fields)) {
    if (!field.startsWith("deploy.")) {
      nested[field] = value;
    } else {
      deploy[field.slice("deploy.".length)] = value;
      nested["deploy"] = deploy;
    }
  }
  return nested;
}
