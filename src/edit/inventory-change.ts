import type { MachineClass } from "../model/machine-fields.js";
import type { NameKind } from "../questions/occurrences.js";

/** A change of an inventory, in words of the inventory rather than of its texts. */
export type InventoryChange =
  | AddMachine
  | AddInstance
  | RemoveName
  | RenameName
  | TagMachines
  | AssignRole
  | AdoptCompanions
  | SetValue
  | UnsetValue;

export interface AddMachine {
  readonly kind: "addMachine";
  readonly name: string;
  readonly tags?: readonly string[] | undefined;
  readonly machineClass?: MachineClass | undefined;
}

/** An instance without roles; its service is `module`, or the one that its name says. */
export interface AddInstance {
  readonly kind: "addInstance";
  readonly name: string;
  readonly module?: string | undefined;
  readonly input?: string | undefined;
}

/** A machine, tag or instance, with every place that names it. */
export interface RemoveName {
  readonly kind: "remove";
  readonly of: NameKind;
  readonly name: string;
}

/** Another name, in every place. */
export interface RenameName {
  readonly kind: "rename";
  readonly of: NameKind;
  readonly name: string;
  readonly newName: string;
}

/** Gives tags to machines, or takes them away. */
export interface TagMachines {
  readonly kind: "tag" | "untag";
  readonly machines: readonly string[];
  readonly tags: readonly string[];
}

/** Gives a role to machines and tags, or takes it away. */
export interface AssignRole {
  readonly kind: "assign" | "unassign";
  readonly instance: string;
  readonly role: string;
  readonly machines: readonly string[];
  readonly tags: readonly string[];
}

/** What Clan wrote into its own `inventory.json`, to the other files. */
export interface AdoptCompanions {
  readonly kind: "adopt";
}

/** `place` is a path like `machines.laptop.description`, `value` YAML. */
export interface SetValue {
  readonly kind: "set";
  readonly place: string;
  readonly value: string;
}

export interface UnsetValue {
  readonly kind: "unset";
  readonly place: string;
}
