import { type Data, type DataMap, isDataMap } from "./data.js";
import { machineKeys, predefinedTags } from "./machine-fields.js";
import type { Located, Origin } from "./origin.js";

/**
 * Whether Clan exported this: it wraps the settings of every role, and leaves out no predefined tag
 * and no field of a machine.
 */
export function isExport(data: Data): boolean {
  const roles = values(data, "instances").flatMap((instance) => values(instance, "roles"));
  if (roles.length > 0) {
    return roles.some(
      (role) =>
        isDataMap(role) &&
        Object.hasOwn(role, "settings") &&
        wrappedSettings(role["settings"]!) !== undefined,
    );
  }
  const machines = values(data, "machines");
  const tags = mapAt(data, "tags");
  return (
    predefinedTags.every((tag) => Object.hasOwn(tags, tag)) &&
    machines.length > 0 &&
    machines.every(isFullMachine)
  );
}

/**
 * The map inside the module that Clan makes of `settings`; `undefined` for settings as a person
 * writes them.
 */
export function unwrapSettings(settings: Data, origin: Origin): Located<DataMap> | undefined {
  const wrapped = wrappedSettings(settings);
  return wrapped && { value: wrapped, origin: origin.at("imports").at(0).at("imports").at(0) };
}

function isFullMachine(machine: Data): boolean {
  return isDataMap(machine) && machineKeys.every((key) => Object.hasOwn(machine, key));
}

/**
 * As `unwrap_known_unknown` of the clan command sees it: `{imports: [{_file: …, imports:
 * [settings]}]}`.
 */
function wrappedSettings(settings: Data): DataMap | undefined {
  const module = onlyImport(settings);
  const wrapped =
    isDataMap(module) && Object.hasOwn(module, "_file") ? onlyImport(module) : undefined;
  return isDataMap(wrapped) ? wrapped : undefined;
}

function onlyImport(module: Data): Data | undefined {
  if (!isDataMap(module) || !Object.hasOwn(module, "imports")) {
    return undefined;
  }
  const imports = module["imports"];
  return Array.isArray(imports) && imports.length === 1 ? (imports[0] as Data) : undefined;
}

function values(data: Data, key: string): readonly Data[] {
  return Object.values(mapAt(data, key));
}

/** The map under `key`, or an empty one where `data` has none there. */
function mapAt(data: Data, key: string): DataMap {
  const map = isDataMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
  return isDataMap(map) ? map : {};
}
