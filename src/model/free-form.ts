import type { Path } from "./origin.js";

/** Whether this path may have any value: in settings, modules and shared values. */
export function isFreeForm(path: Path): boolean {
  const [instances, , roles, , member, , settings] = path;
  if (instances === "values") {
    return path.length > 1;
  }
  if (instances !== "instances" || roles !== "roles") {
    return false;
  }
  return (
    member === "settings" ||
    member === "extraModules" ||
    ((member === "machines" || member === "tags") && settings === "settings")
  );
}

/** The fields of machines and roles, and of tags, that take a list of names or modules. */
export const listFields: ReadonlySet<string | number> = new Set([
  "extraModules",
  "machines",
  "tags",
]);

/** The setting at a path of a source, without the long form and special forms around it. */
export interface SettingPath {
  readonly instanceName: string;
  readonly roleName: string;
  readonly setting: Path;
}

/** `undefined` where the path is not in settings. */
export function settingPath(path: Path): SettingPath | undefined {
  const [, instanceName, , roleName, member] = path;
  if (!isFreeForm(path) || path[0] === "values" || member === "extraModules") {
    return undefined;
  }
  const inside = path.slice(member === "settings" ? 5 : 7);
  const short = inside[0] === "config" ? inside.slice(1) : inside;
  const setting = short.filter(
    (key, index) => !isForm(key) && !(typeof key === "number" && takesList(short[index - 1])),
  );
  return { instanceName: String(instanceName), roleName: String(roleName), setting };
}

function isForm(key: string | number): boolean {
  return typeof key === "string" && key.startsWith("$");
}

/** Whether the argument of a form is a list with the value in it. */
function takesList(key: string | number | undefined): boolean {
  return key === "$mkOverride" || key === "$mkOrder" || key === "$concat";
}
