import type { Finding } from "../../diagnostics/diagnostic.js";
import { misplacedKeys } from "../../diagnostics/level-messages.js";
import { nearest } from "../../diagnostics/suggest.js";
import { places } from "../../generated/shape.js";
import type { ShapeError } from "../../generated/validator.js";
import { type Data, type DataMap, isDataMap, valueAt } from "../../model/data.js";
import { getOrInsertComputed } from "../../model/maps.js";
import type { Origin, Path } from "../../model/origin.js";
import { Float, isList, setEntry } from "../../model/value.js";
import { isDotted, isLoneForm, oddSpaceIn } from "./shape-finding.js";
import { type Spot, withNames } from "./shape-spot.js";

/** An entry at a wrong level of the inventory. */
export interface Misplaced {
  readonly from: Path;
  /** The place of the map that it belongs in, as a key of {@link places}, or the map of roles. */
  readonly home: string;
  /** That map, where it can be told which one. */
  readonly owner: Path | undefined;
  /** The keys behind it that are its own: it was indented like its contents. */
  readonly followers?: readonly string[];
}

const role = "instances.*.roles.*";
const member = `${role}.machines.*`;
const tagMember = `${role}.tags.*`;

/** What only a machine has. */
const ofMachines: readonly string[] = ["tags", "deploy", "machineClass", "installedAt"];

/** Finds out where entries belong that are not allowed where they are. */
export class Levels {
  private readonly orders = new Map<Data, KeyOrder>();

  constructor(private readonly root: Data) {}

  /** The entry at fault, if it is allowed at another level. */
  find(error: ShapeError, spot: Spot): Misplaced | undefined {
    if (spot.data instanceof Float || isLoneForm(spot.data)) {
      return undefined;
    }
    switch (error.keyword) {
      case "type":
        return this.findHeader(spot.origin.path) ?? this.findBeside(spot);
      case "additionalProperties": {
        const key = error.params.additionalProperty;
        return (
          this.findHeader([...spot.origin.path, key]) ??
          this.findBeside(spot) ??
          this.findSibling(spot, key) ??
          this.findInside(spot, key)
        );
      }
      default:
        return undefined;
    }
  }

  /**
   * The key of a map around that was indented like its contents: it is before them in one map, and
   * has no value.
   */
  private findHeader(path: Path): Misplaced | undefined {
    for (let depth = 1; depth < path.length; depth++) {
      const parent = path.slice(0, depth);
      const map = valueAt(this.root, parent);
      const header = isDataMap(map) ? this.headerIn(map, parent) : undefined;
      if (header === undefined) {
        continue;
      }
      const { keys, indexOf } = this.orderOf(map as DataMap);
      const key = String(path[depth]);
      const known = places[placeOf(parent)] ?? [];
      const start = indexOf.get(header)!;
      const followers = keys.slice(start + 1).filter((key) => !known.includes(key));
      const isOfHeader = followers.length > 0 && indexOf.get(key)! >= start;
      if (isOfHeader && !looksLike((map as DataMap)[key]!, `${placeOf(parent)}.*`)) {
        const owner = parent.slice(0, -1);
        return { from: [...parent, header], home: placeOf(owner), owner, followers };
      }
    }
    return undefined;
  }

  private headerIn(map: DataMap, path: Path): string | undefined {
    const place = placeOf(path);
    const around = places[placeOf(path.slice(0, -1))] ?? [];
    return around.find(
      (key) =>
        key !== path.at(-1) &&
        Object.hasOwn(map, key) &&
        map[key] === null &&
        !places[place]?.includes(key),
    );
  }

  /** `tags` among the machines: a value that is wrong for its name, but right for the key. */
  private findBeside({ data, key, place, origin }: Spot): Misplaced | undefined {
    const from = origin.path;
    if (place === "tags" && isList(data)) {
      return { from, home: "machines.*", owner: this.resolve("machines.*", "", [], "tags") };
    }
    const isField = place.endsWith(".*") && places[place]?.includes(String(key));
    return isField && !looksLike(data, place)
      ? { from, home: place, owner: this.neighbor(from, place) }
      : undefined;
  }

  /** A machine in another machine, and so on: its name was indented like the contents of that one. */
  private findSibling({ data, place, origin }: Spot, key: string): Misplaced | undefined {
    const isNamed = ["machines.*", "instances.*", role].includes(place);
    const value = (data as DataMap)[key]!;
    if (
      !isNamed ||
      nearest(key, places[place]!).length > 0 ||
      nearestHome(key, place) !== undefined
    ) {
      return undefined;
    }
    const { keys, indexOf } = this.orderOf(data as DataMap);
    const followers = value === null ? keys.slice(indexOf.get(key)! + 1) : [];
    if (followers.length === 0 && !looksLike(value, place)) {
      return undefined;
    }
    const path = origin.path;
    return {
      from: [...path, key],
      home: place.slice(0, -".*".length),
      owner: path.slice(0, -1),
      ...(followers.length > 0 && { followers }),
    };
  }

  private findInside({ data, place, origin }: Spot, key: string): Misplaced | undefined {
    const home = homeOf(key, (data as DataMap)[key]!, place);
    const isSpecial =
      /^(?:\$|x-)/.test(key) || isDotted(key, places[place]!) || oddSpaceIn(key) !== undefined;
    if (home === undefined || isSpecial) {
      return undefined;
    }
    const path = origin.path;
    const isOfMachine = place === member && home === "machines.*";
    const owner = isOfMachine ? ["machines", path.at(-1)!] : this.resolve(home, place, path, key);
    return { from: [...path, key], home, owner };
  }

  /** The entry before one that should be inside of it, or else the one behind it. */
  private neighbor(from: Path, place: string): Path | undefined {
    const parent = from.slice(0, -1);
    const map = valueAt(this.root, parent);
    if (!isDataMap(map)) {
      return undefined;
    }
    const { keys, indexOf } = this.orderOf(map);
    const index = indexOf.get(String(from.at(-1)))!;
    const isOwner = (key: string) => !places[place]!.includes(key) || looksLike(map[key]!, place);
    for (const step of [-1, 1]) {
      for (let at = index + step; at >= 0 && at < keys.length; at += step) {
        if (isOwner(keys[at]!)) {
          return [...parent, keys[at]!];
        }
      }
    }
    return undefined;
  }

  /**
   * The map at the place `home`, seen from an unknown `key` in the map at `path`, which is at
   * `place`. Of several that are inside of the entry before the key, it is the last one.
   */
  private resolve(home: string, place: string, path: Path, key: string): Path | undefined {
    const steps = home === "" ? [] : home.split(".");
    const around = place === "" ? [] : place.split(".");
    const common = steps.findIndex((step, index) => step !== around[index]);
    const length = common < 0 ? steps.length : common;
    const owner: (string | number)[] = path.slice(0, length);
    const isBefore = this.isBefore(steps[length], key, valueAt(this.root, path));
    for (const step of steps.slice(length)) {
      if (step !== "*") {
        owner.push(step);
        continue;
      }
      const map = valueAt(this.root, owner);
      const keys = isDataMap(map) ? this.orderOf(map).keys : [];
      if (keys.length === 0 || (keys.length > 1 && !isBefore)) {
        return undefined;
      }
      owner.push(keys.at(-1)!);
    }
    return owner;
  }

  private isBefore(first: string | undefined, key: string, map: Data | undefined): boolean {
    if (!isDataMap(map)) {
      return false;
    }
    const { keys, indexOf } = this.orderOf(map);
    return first !== undefined && keys[indexOf.get(key)! - 1] === first;
  }

  /** There may be many mistakes in one large map. */
  private orderOf(map: DataMap): KeyOrder {
    return getOrInsertComputed(this.orders, map as Data, () => {
      const keys = Object.keys(map);
      return { keys, indexOf: new Map(keys.map((key, index) => [key, index])) };
    });
  }
}

interface KeyOrder {
  readonly keys: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
}

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
  const isBelow = owner === undefined ? home.startsWith(place) : startsWith(owner, parent);
  const depth = owner === undefined && place !== "" ? place.split(".").length : parent.length;
  return misplacedKeys(
    group.map((entry) => root.to(entry.from).asKey()),
    {
      entries: group.map((entry) => [String(entry.from.at(-1)), valueOf(entry, data)]),
      followers: group[0]!.followers ?? [],
      owner,
      shown: isBelow ? shown.slice(depth) : shown,
      isCertain: isCertain(home, place),
    },
  );
}

function valueOf({ from, followers }: Misplaced, data: Data): Data {
  if (followers === undefined) {
    return valueAt(data, from)!;
  }
  const value = {};
  for (const key of followers) {
    setEntry(value, key, valueAt(data, [...from.slice(0, -1), key])!);
  }
  return value;
}

/** Whether no other level is possible: a map around, or the only one inside that has such a key. */
function isCertain(home: string, place: string): boolean {
  const isAround = place.startsWith(home) && place !== `${home}.*`;
  return isAround || home === `${place}.deploy` || home === `${place}.module` || home === "meta";
}

/** The place of the map that a key belongs in, which is at `place`. */
function homeOf(key: string, value: Data, place: string): string | undefined {
  if (place === "tags.*" && key === "tags") {
    return undefined;
  }
  if (place === member && ofMachines.includes(key)) {
    return "machines.*";
  }
  const home = nearestHome(key, place);
  if (home !== undefined || nearest(key, places[place]!).length > 0) {
    return home;
  }
  if (place === role || place === member || place === tagMember) {
    return `${place}.settings`;
  }
  const isRole = value === null || looksLike(value, role);
  return place === "instances.*" && isRole ? "instances.*.roles" : undefined;
}

/** The nearest place below or else above `place` that has this key. */
function nearestHome(key: string, place: string): string | undefined {
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
function looksLike(data: Data, place: string): boolean {
  return isDataMap(data) && (places[place] ?? []).some((key) => Object.hasOwn(data, key));
}

/** The place of a path that leads to a map of the fixed shape. */
function placeOf(path: Path): string {
  return path.reduce<string>((place, key) => {
    const step = places[place] === undefined ? "*" : String(key);
    return place === "" ? step : `${place}.${step}`;
  }, "");
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}
