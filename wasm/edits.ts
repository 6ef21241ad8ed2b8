import type { EditResult } from "../src/edit/edit-inventory.js";
import type {
  AssignRole,
  InventoryChange,
  RemoveName,
  RenameName,
  SetValue,
  TagMachines,
} from "../src/edit/inventory-change.js";
import type { MachineClass } from "../src/model/machine-fields.js";
import { toWit, toWitEdit, type WitDiagnostic, type WitEdit } from "./diagnostics.js";

/** The variant `inventory-change` of the WIT package. */
export type WitChange =
  | { readonly tag: "add-machine"; readonly val: NewMachine }
  | { readonly tag: "add-instance"; readonly val: NewInstance }
  | { readonly tag: "remove"; readonly val: Omit<RemoveName, "kind"> }
  | { readonly tag: "rename"; readonly val: Omit<RenameName, "kind"> }
  | { readonly tag: "tag" | "untag"; readonly val: Omit<TagMachines, "kind"> }
  | { readonly tag: "assign" | "unassign"; readonly val: Omit<AssignRole, "kind"> }
  | { readonly tag: "set"; readonly val: Omit<SetValue, "kind"> }
  | { readonly tag: "unset"; readonly val: string }
  | { readonly tag: "adopt" };

interface NewMachine {
  readonly name: string;
  readonly tags: readonly string[];
  readonly machineClass: MachineClass | null;
}

interface NewInstance {
  readonly name: string;
  readonly module: string | null;
  readonly input: string | null;
}

/** The record `editing` of the WIT package. */
export interface WitEditing {
  readonly mistake: string | null;
  readonly edits: readonly WitEdit[];
  readonly texts: readonly string[];
  readonly diagnostics: readonly WitDiagnostic[];
}

export function toChange(change: WitChange): InventoryChange {
  switch (change.tag) {
    case "add-machine": {
      const { machineClass, ...machine } = change.val;
      return { kind: "addMachine", ...machine, machineClass: machineClass ?? undefined };
    }
    case "add-instance": {
      const { name, module, input } = change.val;
      return { kind: "addInstance", name, module: module ?? undefined, input: input ?? undefined };
    }
    case "remove":
      return { kind: "remove", ...change.val };
    case "rename":
      return { kind: "rename", ...change.val };
    case "tag":
    case "untag":
      return { kind: change.tag, ...change.val };
    case "assign":
    case "unassign":
      return { kind: change.tag, ...change.val };
    case "set":
      return { kind: "set", ...change.val };
    case "unset":
      return { kind: "unset", place: change.val };
    case "adopt":
      return { kind: "adopt" };
  }
}

export function witEditing({ mistake, edits, sources, diagnostics }: EditResult): WitEditing {
  return {
    mistake: mistake?.toWellFormed() ?? null,
    edits: edits.map(toWitEdit),
    texts: sources.map(({ text }) => text.toWellFormed()),
    diagnostics: diagnostics.map(toWit),
  };
}
