import { nearest } from "../../diagnostics/suggest.js";
import { places } from "../../generated/shape.js";
import { type Data, type DataMap, isDataMap, valueAt } from "../../model/data.js";
import type { Path } from "../../model/origin.js";
import { looksLike, mayBe, role } from "./homes.js";
import type { Spot } from "./shape-spot.js";

/** An entry at a wrong level of the inventory. */
export interface Misplaced {
  readonly from: Path;
  /** The place of the map that it belongs in, as a key of {@link places}, or the map of roles. */
  readonly home: string;
  /** That map, where it can be told which one. */
  readonly owner: Path | undefined;
  /** The entries behind it that are its own: it was indented like its contents. */
  readonly followers?: readonly Path[];
  /** The keys inside of it that belong beside it: they were indented like its contents. */
  readonly strays?: readonly string[];
}

/** An entry that is indented less, with what is behind its own keys: the others of its map. */
export function withStrays(entry: Misplaced, value: Data): Misplaced {
  const place = `${entry.home}.*`;
  const fields = places[place] ?? [];
  const strays = Object.keys(isDataMap(value) ? value : {}).filter((key) => !fields.includes(key));
  const isEntry = (key: string) =>
    mayBe((value as DataMap)[key]!, place) && nearest(key, fields).length === 0;
  return strays.length > 0 && strays.every(isEntry) ? { ...entry, strays } : entry;
}

/** The name of a role, above `roles` by mistake, whose fields are there without it. */
export function roleAbove(
  root: Data,
  { data, place, origin }: Spot,
  key: string,
): Misplaced | undefined {
  const owner = [...origin.path.slice(0, -1), "roles"];
  const roles = valueAt(root, owner);
  if (place !== "instances.*.module" || (data as DataMap)[key] !== null || !isDataMap(roles)) {
    return undefined;
  }
  const fields = places[role]!.filter((field) => Object.hasOwn(roles, field));
  const followers = fields.map((field) => [...owner, field]);
  return fields.length === 0
    ? undefined
    : { from: [...origin.path, key], home: "instances.*.roles", owner, followers };
}

/** The module of an instance among its roles. */
export function moduleAmongRoles({ data, key, place, origin }: Spot): Misplaced | undefined {
  return place === role && key === "module" && looksLike(data, "instances.*.module")
    ? { from: origin.path, home: "instances.*", owner: origin.path.slice(0, 2) }
    : undefined;
}
