/** Where keys belong in the fixed shape of an inventory. */
import { isSynonym, nearest } from "../../diagnostics/suggest.js";
import { places } from "../../generated/shape.js";
import { type Data, isDataMap } from "../../model/data.js";
import type { Path } from "../../model/origin.js";

export const role = "instances.*.roles.*";
/** The places whose maps have a name that the user chose. */
export const named: readonly string[] = ["machines.*", "instances.*", role];
export const member = `${role}.machines.*`;
export const tagMember = `${role}.tags.*`;

/** What only a machine has. */
const ofMachines: readonly string[] = ["tags", "deploy", "machineClass", "installedAt"];

/** The place of the map that a key belongs in, which is at `place`. */
export function homeOf(key: string, value: Data, place: string): string | undefined {
  if (place === "tags.*" && key === "tags") {
    return undefined;
  }
  if (place === member && ofMachines.includes(key)) {
    return "machines.*";
  }
  if (places[place]!.includes("settings") && isSynonym(key, "settings")) {
    return undefined;
  }
  const home = nearestHome(key, place);
  if (home !== undefined || isMisspelt(key, place)) {
    return home;
  }
  if (place === role || place === member || place === tagMember) {
    return `${place}.settings`;
  }
  const isRole = looksLike(value, role) || (value === null && place === "instances.*");
  const mayHaveRole = place === "instances.*" || place === "instances.*.module";
  return mayHaveRole && isRole ? "instances.*.roles" : undefined;
}

/** Whether a key is near one that is allowed at `place`; `groups` and `labels` are settings of services. */
export function isMisspelt(key: string, place: string): boolean {
  const fields = places[place]!;
  const isSetting = fields.includes("settings") && isSynonym(key, "tags");
  return !isSetting && nearest(key, fields).length > 0;
}

/** The nearest place below or else above `place` that has this key. */
export function nearestHome(key: string, place: string): string | undefined {
  const homes = Object.keys(places).filter((other) => places[other]!.includes(key));
  const below = homes
    .filter((other) => place === "" || other.startsWith(`${place}.`))
    .sort((a, b) => a.length - b.length)[0];
  const above = homes
    .filter((other) => other === "" || place.startsWith(`${other}.`))
    .sort((a, b) => b.length - a.length)[0];
  return below ?? above;
}

/** Whether data has a key that a map at this place may have. */
export function looksLike(data: Data, place: string): boolean {
  return isDataMap(data) && (places[place] ?? []).some((key) => Object.hasOwn(data, key));
}

/** Whether data may be the map at this place: it has a key that it may have, or nothing. */
export function mayBe(data: Data, place: string): boolean {
  const isEmpty = isDataMap(data) && Object.keys(data).length === 0;
  return data === null || isEmpty || looksLike(data, place);
}

/** The place of a path that leads to a map of the fixed shape. */
export function placeOf(path: Path): string {
  return path.reduce<string>((place, key) => {
    const step = places[place] === undefined ? "*" : String(key);
    return place === "" ? step : `${place}.${step}`;
  }, "");
}
