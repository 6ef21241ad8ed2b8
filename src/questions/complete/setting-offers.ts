import {
  describeSetting,
  describeSettings,
  type SettingDescription,
} from "../../catalogue/describe-service.js";
import { isDataMap } from "../../model/data.js";
import type { Path } from "../../model/origin.js";
import { acceptedBy, itemOf, ownOrReferred } from "../../model/setting-schema.js";
import { type Offer, shapeOf } from "./offer.js";
import type { Surroundings } from "./surroundings.js";
import { valueOffers } from "./value-offers.js";

/** A place in the settings of a role. */
export interface SettingPlace {
  readonly instance: string;
  readonly role: string;
  /** From the root of the settings. */
  readonly path: Path;
}

/** The place in settings at a path of an inventory, if it is in settings. */
export function settingPlace(path: Path): SettingPlace | undefined {
  const [root, instance, roles, role, part] = path;
  const from = part === "settings" ? 5 : part === "machines" || part === "tags" ? 7 : Infinity;
  if (root !== "instances" || roles !== "roles" || path[from - 1] !== "settings") {
    return undefined;
  }
  // The long form of settings is one level deeper.
  const start = path[from] === "config" ? from + 1 : from;
  return { instance: String(instance), role: String(role), path: path.slice(start) };
}

/**
 * Settings and their values from the catalogue; names that the user chooses, and items of lists, from
 * other places of the same setting.
 */
export function settingOffers(
  { instance, role, path }: SettingPlace,
  surroundings: Surroundings,
): readonly Offer[] {
  const module = surroundings.moduleOf(instance);
  const { catalogue } = surroundings;
  const { named, other } = describeSettings(catalogue, module, role, path);
  const setting = describeSetting(catalogue, module, role, path);
  const isItem = typeof path.at(-1) === "number";
  const holder = isItem ? path.slice(0, -1) : path;
  const elsewhere = surroundings.settingsAt(module, role, holder);
  const keys =
    (setting === undefined || other !== undefined) && !isItem
      ? elsewhere.flatMap((value) => (isDataMap(value) ? Object.keys(value) : []))
      : [];
  const items = elsewhere.flatMap((value) =>
    Array.isArray(value) ? value.filter((item) => typeof item === "string") : [],
  );
  const isOther = (name: string) => name !== surroundings.word && !name.startsWith("$");
  return [
    ...named.map(settingKey),
    ...keys.filter(isOther).map((name, rank): Offer => {
      const shape = other === undefined ? "scalar" : shapeOfSetting(other);
      return { label: name, kind: "setting", as: "key", shape, rank: 300 + rank };
    }),
    ...(setting === undefined ? [] : settingValues(setting)),
    ...items.filter(isOther).map((name, rank): Offer => {
      return { label: name, kind: "value", as: isItem ? "value" : "item", rank: 300 + rank };
    }),
  ];
}

function settingKey(setting: SettingDescription, index: number): Offer {
  return {
    label: setting.name,
    kind: "setting",
    as: "key",
    shape: shapeOfSetting(setting),
    rank: (setting.isRequired ? 50 : 100) + index,
    detail: setting.summary,
    describe: () => setting.text,
  };
}

function shapeOfSetting({ schema, root }: SettingDescription): Offer["shape"] {
  const { types, values } = acceptedBy(schema, root);
  return values.some((value) => value !== null) ? "scalar" : shapeOf(types);
}

/** The values that a setting accepts by name; of a list, its items. */
function settingValues({ schema, root }: SettingDescription): readonly Offer[] {
  const item = itemOf(schema, root);
  const byDefault = ownOrReferred(schema, "default", root);
  return [
    ...valueOffers(acceptedBy(schema, root), byDefault),
    ...(item === undefined ? [] : valueOffers(acceptedBy(item, root))).map(
      (offer): Offer => ({ ...offer, as: "item" }),
    ),
  ];
}
