import { sortedNames } from "./name-order.js";

export type MachineClass = "nixos" | "darwin";

/** Tags that always exist; patterns of selectors pass them by. */
export const predefinedTags: readonly string[] = ["all", "darwin", "nixos"];

/** Whether machines of this class have the predefined tag, unless it is redefined. */
export function hasPredefinedTag(machineClass: MachineClass, tag: string): boolean {
  return tag === "all" || tag === machineClass;
}

export type FieldValue = string | number | bigint | boolean;

/**
 * The scalars of a machine by their dotted names, as JSON Schema calls their types; `deploy` is the
 * only map among its keys. A test compares this table to the schema.
 */
export const machineFields = {
  name: "string",
  description: "string",
  icon: "string",
  machineClass: "string",
  installedAt: "integer",
  "deploy.targetHost": "string",
  "deploy.buildHost": "string",
  "deploy.forwardAgent": "boolean",
} as const satisfies { readonly [field: string]: "string" | "integer" | "boolean" };

export type MachineField = keyof typeof machineFields;

const fieldNames = Object.keys(machineFields) as readonly MachineField[];
const sortedFieldNames = sortedNames(fieldNames);
const inDeploy = "deploy.";

/** The fields outside of `deploy`, by their keys. */
export const machineFieldsByKey: ReadonlyMap<string, MachineField> = new Map(
  fieldNames.filter((field) => !field.startsWith(inDeploy)).map((field) => [field, field]),
);

/** The fields inside of `deploy`, by their keys there. */
export const deployFieldsByKey: ReadonlyMap<string, MachineField> = new Map(
  fieldNames
    .filter((field) => field.startsWith(inDeploy))
    .map((field) => [field.slice(inDeploy.length), field]),
);

/** All keys of a machine. */
export const machineKeys: readonly string[] = [...machineFieldsByKey.keys(), "deploy", "tags"];

export type MachineFields = { readonly [field in MachineField]?: FieldValue };

/** The class of a machine that names none. */
export const defaultClass: MachineClass = "nixos";

/** The class that the inventory gives a machine. */
export function classOf({ fields }: { readonly fields: MachineFields }): MachineClass {
  return (fields.machineClass ?? defaultClass) as MachineClass;
}

/** A machine's fields in the inventory's shape, sorted, `deploy` with its own inside. */
export function nestFields({ fields }: { readonly fields: MachineFields }): {
  [field: string]: FieldValue | { [field: string]: FieldValue };
} {
  const deploy: { [field: string]: FieldValue } = {};
  const nested: { [field: string]: FieldValue | { [field: string]: FieldValue } } = {};
  for (const field of sortedFieldNames) {
    const value = fields[field];
    if (value === undefined) {
      continue;
    }
    if (!field.startsWith(inDeploy)) {
      nested[field] = value;
    } else {
      deploy[field.slice(inDeploy.length)] = value;
      nested["deploy"] = deploy;
    }
  }
  return nested;
}
