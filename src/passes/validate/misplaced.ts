import { nearest } from "../../diagnostics/suggest.js";
import { places } from "../../generated/shape.js";
import type { ShapeError } from "../../generated/validator.js";
import { type Data, type DataMap, isDataMap, valueAt } from "../../model/data.js";
import { getOrInsertComputed } from "../../model/maps.js";
import type { Path } from "../../model/origin.js";
import { Float, isList } from "../../model/value.js";
import {
  homeOf,
  isMisspelt,
  looksLike,
  mayBe,
  member,
  named,
  nearestHome,
  placeOf,
  role,
  tagMember,
} from "./homes.js";
import { type Misplaced, moduleAmongRoles, roleAbove, withStrays } from "./misplaced-entry.js";
import { type KnownNames, knownNames } from "./reshape.js";
import { isDotted, isLoneForm, oddSpaceIn } from "./shape-finding.js";
import type { Spot } from "./shape-spot.js";

/** Between a key that was meant to be above and an entry may be so many others. */
const maxAbove = 100;

/** Finds out where entries belong that are not allowed where they are. */
export class Levels {
  private readonly orders = new Map<Data, KeyOrder>();
  /** Where settings start among the machines or tags of a role, if they do. */
  private readonly settings = new Map<Data, number>();
  private names: KnownNames | undefined;

  constructor(private readonly root: Data) {}

  /** The entry at fault, if it is allowed at another level. */
  find(error: ShapeError, spot: Spot): Misplaced | undefined {
    if (spot.data instanceof Float || isLoneForm(spot.data)) {
      return undefined;
    }
    switch (error.keyword) {
      case "type":
        return (
          this.findHeader(spot.origin.path) ??
          this.findField(spot.origin.path) ??
          this.findModuleField(spot) ??
          this.findBeside(spot) ??
          this.findSetting(spot.origin.path)
        );
      case "additionalProperties": {
        const key = error.params.additionalProperty;
        return (
          this.findHeader([...spot.origin.path, key]) ??
          this.findField([...spot.origin.path, key]) ??
          this.findEntry(spot, key) ??
          this.findBeside(spot) ??
          this.findSibling(spot, key) ??
          roleAbove(this.root, spot, key) ??
          moduleAmongRoles(spot) ??
          this.findSetting(spot.origin.path) ??
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
        return {
          from: [...parent, header],
          home: placeOf(owner),
          owner,
          followers: followers.map((each) => [...parent, each]),
        };
      }
    }
    return undefined;
  }

  /** A field behind a name that has none of that kind: it was indented like the name. */
  private findField(path: Path): Misplaced | undefined {
    for (let depth = 2; depth < path.length; depth++) {
      const from = path.slice(0, depth);
      const key = String(from.at(-1));
      const place = placeOf(from);
      if (!named.includes(place) || !places[place]!.includes(key)) {
        continue;
      }
      const parent = from.slice(0, -1);
      const names = valueAt(this.root, parent) as DataMap;
      const { keys, indexOf } = this.orderOf(names);
      const name = keys[indexOf.get(key)! - 1];
      const value = names[key]!;
      if (name === undefined || places[place]!.includes(name) || !isDataMap(value)) {
        continue;
      }
      const around = names[name]!;
      if (isDataMap(around) ? Object.hasOwn(around, key) : around !== null) {
        continue;
      }
      const inside = Object.keys(value);
      const own = places[`${place}.${key}`];
      const isOfNames = key === "settings" || places[`${place}.${key}.*`] !== undefined;
      const strays = inside.filter((each) => !own?.includes(each) && places[place]!.includes(each));
      if ((own !== undefined || isOfNames) && strays.length < inside.length) {
        return { from, home: place, owner: [...parent, name], strays };
      }
    }
    return undefined;
  }

  /** The name or input of a module among the roles beside it. */
  private findModuleField({ data, key, place, origin }: Spot): Misplaced | undefined {
    const home = "instances.*.module";
    const isField = place === role && places[home]!.includes(String(key));
    const owner = [...origin.path.slice(0, -2), "module"];
    return isField && typeof data === "string" ? { from: origin.path, home, owner } : undefined;
  }

  /** An entry of the key above, whose entries have names or which has nothing: it is indented less. */
  private findEntry({ data, place, origin }: Spot, key: string): Misplaced | undefined {
    const fields = places[place]!;
    const { keys, indexOf } = this.orderOf(data as DataMap);
    const index = indexOf.get(key)!;
    const header = keys
      .slice(Math.max(0, index - maxAbove), index)
      .reverse()
      .find((each) => fields.includes(each));
    if (place === "" || header === undefined || isMisspelt(key, place)) {
      return undefined;
    }
    const { [key]: value, [header]: around } = data as DataMap;
    const home = `${place}.${header}`;
    const areNamed = places[`${home}.*`] !== undefined;
    const isEntry = areNamed
      ? isDataMapOrNull(around!) && mayBe(value!, `${home}.*`)
      : around === null && (home.endsWith(".settings") || places[home]?.includes(key));
    const path = origin.path;
    return isEntry
      ? withStrays({ from: [...path, key], home, owner: [...path, header] }, value!)
      : undefined;
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
    if (!isField || looksLike(data, place)) {
      return undefined;
    }
    const owner = this.neighbor(from, place);
    const taken = owner && valueAt(this.root, [...owner, key]);
    const around = from.slice(0, -2);
    return taken !== undefined && places[placeOf(around)]?.includes(String(key))
      ? { from, home: placeOf(around), owner: around }
      : { from, home: place, owner };
  }

  /** A machine in another machine, and so on: its name was indented like the contents of that one. */
  private findSibling({ data, place, origin }: Spot, key: string): Misplaced | undefined {
    const value = (data as DataMap)[key]!;
    if (
      !named.includes(place) ||
      nearest(key, places[place]!).length > 0 ||
      nearestHome(key, place) !== undefined ||
      (value !== null && this.memberHome(key, value, place) !== undefined)
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
      ...(followers.length > 0 && { followers: followers.map((each) => [...path, each]) }),
    };
  }

  /** What is among the machines or tags of a role, and no name of one, from the first that cannot be one. */
  private findSetting(path: Path): Misplaced | undefined {
    const parent = path.slice(0, 5);
    const map = valueAt(this.root, parent);
    const isOfMembers =
      placeOf(path.slice(0, 6)) === member || placeOf(path.slice(0, 6)) === tagMember;
    if (!isOfMembers || !isDataMap(map)) {
      return undefined;
    }
    this.names ??= knownNames(this.root);
    const known = this.names[parent[4] as "machines" | "tags"];
    const { keys, indexOf } = this.orderOf(map);
    // `true` may be meant as an empty map, of a machine that another file has.
    const mayBeName = (value: Data) =>
      isDataMapOrNull(value) ||
      (value === true && !known.has(keys[0]!)) ||
      (isList(value) && value.some((item) => looksLike(item, member)));
    const start = getOrInsertComputed(this.settings, map, () =>
      keys.findIndex((key) => !known.has(key) && !mayBeName(map[key]!)),
    );
    const name = String(path[5]);
    return start > 0 && !known.has(name) && indexOf.get(name)! >= start
      ? {
          from: path.slice(0, 6),
          home: `${role}.settings`,
          owner: [...parent.slice(0, -1), "settings"],
        }
      : undefined;
  }

  private findInside({ data, place, origin }: Spot, key: string): Misplaced | undefined {
    const value = (data as DataMap)[key]!;
    const home = this.memberHome(key, value, place) ?? homeOf(key, value, place);
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

  /** Where a role lists a machine or tag that is one of its keys, if that is what the key is. */
  private memberHome(key: string, value: Data, place: string): string | undefined {
    if (place !== role || !mayBe(value, member)) {
      return undefined;
    }
    this.names ??= knownNames(this.root);
    const { machines, tags } = this.names;
    const field = machines.has(key) ? "machines" : tags.has(key) ? "tags" : undefined;
    return field && `${role}.${field}`;
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

function isDataMapOrNull(data: Data): boolean {
  return data === null || isDataMap(data);
}

interface KeyOrder {
  readonly keys: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
}
