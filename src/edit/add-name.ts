import type { DataMap } from "../model/data.js";
import type { Draft } from "./draft.js";
import type { AddInstance, AddMachine } from "./inventory-change.js";

/** Adds a machine; answers what keeps it from being added. */
export function addMachine(draft: Draft, { name, tags, machineClass }: AddMachine) {
  if (draft.isDeclared("machine", name)) {
    return `machine '${name}' is already declared`;
  }
  const fields: DataMap = {
    ...(machineClass !== undefined && machineClass !== "nixos" && { machineClass }),
    ...(tags !== undefined && tags.length > 0 && { tags: [...new Set(tags)] }),
  };
  draft.addName(["machines"], name, fields);
  return undefined;
}

/** Adds an instance; answers what keeps it from being added. */
export function addInstance(draft: Draft, { name, module, input }: AddInstance) {
  if (draft.isDeclared("instance", name)) {
    return `instance '${name}' already exists`;
  }
  const isNamed = module !== undefined && module !== name;
  const fields: DataMap =
    input !== undefined ? { module: { name: module ?? name, input } } : isNamed ? { module } : {};
  draft.addName(["instances"], name, { ...fields, roles: {} });
  return undefined;
}
