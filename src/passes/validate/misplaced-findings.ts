import type { Finding } from "../../diagnostics/diagnostic.js";
import { misplacedKeys } from "../../diagnostics/level-messages.js";
import { type Data, type DataMap, valueAt } from "../../model/data.js";
import { getOrInsertComputed } from "../../model/maps.js";
import { isWithin, type Origin } from "../../model/origin.js";
import { setEntry } from "../../model/value.js";
import { placeOf } from "./homes.js";
import type { Misplaced } from "./misplaced-entry.js";
import { withNames } from "./shape-spot.js";

/** One finding for all that belongs in the same map and is in the same map now. */
export function misplacedFindings(
  misplaced: readonly Misplaced[],
  root: Origin,
  data: Data,
): readonly Finding[] {
  const groups = new Map<string, Misplaced[]>();
  for (const entry of misplaced) {
    const { from, home, owner } = entry;
    const address = JSON.stringify([from.slice(0, -1), home, owner]);
    getOrInsertComputed(groups, address, () => []).push(entry);
  }
  return [...groups.values()].map((group) => finding(group, root, data));
}

function finding(group: readonly Misplaced[], root: Origin, data: Data): Finding {
  const { from, home, owner } = group[0]!;
  const parent = from.slice(0, -1);
  const place = placeOf(parent);
  const shown = owner ?? withNames(home).split(".");
  const isBelow = owner === undefined ? home.startsWith(place) : isWithin(owner, parent);
  const depth = owner === undefined && place !== "" ? place.split(".").length : parent.length;
  return misplacedKeys(
    group.map((entry) => root.to(entry.from).asKey()),
    {
      entries: group.map((entry) => [String(entry.from.at(-1)), valueOf(entry, data)]),
      followers: group[0]!.followers ?? [],
      strays: group.length === 1 ? (group[0]!.strays ?? []) : [],
      owner,
      shown: isBelow ? shown.slice(depth) : shown,
      isCertain: isCertain(home, place),
    },
  );
}

function valueOf({ from, followers, strays = [] }: Misplaced, data: Data): Data {
  if (strays.length > 0) {
    const entries = Object.entries(valueAt(data, from) as DataMap);
    return Object.fromEntries(entries.filter(([key]) => !strays.includes(key)));
  }
  if (followers === undefined) {
    return valueAt(data, from)!;
  }
  const value = {};
  for (const path of followers) {
    setEntry(value, String(path.at(-1)), valueAt(data, path)!);
  }
  return value;
}

/** Whether no other level is possible: a map around, or the only one inside that has such a key. */
function isCertain(home: string, place: string): boolean {
  const isAround = place.startsWith(home) && place !== `${home}.*`;
  return isAround || home === `${place}.deploy` || home === `${place}.module` || home === "meta";
}
