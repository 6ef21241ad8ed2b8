import type { Layer } from "../model/inventory.js";
import type { Path } from "../model/origin.js";
import { formKeys } from "../model/special-forms.js";

/** A role, by its instance. */
export interface RolePath {
  readonly instance: string;
  readonly role: string;
}

/** A setting in one of the layers of a role. */
export interface SettingPlace extends RolePath {
  readonly layer: Pick<Layer, "kind" | "name">;
  /** From the root of the settings; without the special forms on the way. */
  readonly path: Path;
}

/** The role that a path of an inventory is in. */
export function roleAt([instances, instance, roles, role]: Path): RolePath | undefined {
  return instances === "instances" && roles === "roles" && role !== undefined
    ? { instance: String(instance), role: String(role) }
    : undefined;
}

/** The setting that a path of an inventory leads to; that of the root for `settings` itself. */
export function settingAt(path: Path): SettingPlace | undefined {
  const role = roleAt(path);
  const [kind, name, settings] = path.slice(4);
  if (role === undefined) {
    return undefined;
  }
  if (kind === "settings") {
    return { ...role, layer: { kind: "role", name: "" }, path: withoutForms(path.slice(5)) };
  }
  if ((kind !== "machines" && kind !== "tags") || settings !== "settings") {
    return undefined;
  }
  const layer = { kind: kind === "tags" ? "tag" : "machine", name: String(name) } as const;
  return { ...role, layer, path: withoutForms(path.slice(7)) };
}

/** `!mkOverride` and `!mkOrder` have the value at index 1 of a list. */
function withoutForms(path: Path): Path {
  const pairs = ["$mkOverride", "$mkOrder"];
  return path.filter((step, index) => {
    const isOfPair = typeof step === "number" && pairs.includes(String(path[index - 1]));
    return !isOfPair && !formKeys.includes(String(step));
  });
}
