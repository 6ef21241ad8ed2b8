import { places } from "../generated/shape.js";
import { type Data, isDataMap, valueAt } from "../model/data.js";
import { isFreeForm } from "../model/free-form.js";
import { Origin, type Path } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { Float } from "../model/value.js";
import type { Finding } from "./diagnostic.js";
import { nearest } from "./suggest.js";

/**
 * What may be missing: `machines`; `tags` with machines, or the `class` of one; other `holders` of
 * a tag that is defined; of one instance its `members`, their `modules`, a part of their
 * `settings`, or the `service` that it uses; and shared `values`.
 */
export type GapKind =
  | "machines"
  | "tags"
  | "class"
  | "holders"
  | "members"
  | "modules"
  | "settings"
  | "service"
  | "values";

/**
 * What is missing where the part of an inventory at this place is wrong. Of parts that are not
 * listed, such as a machine's `description`, no other finding depends on.
 */
export const gapsByPlace: { readonly [place: string]: GapKind } = {
  machines: "machines",
  "machines.*": "machines",
  "machines.*.machineClass": "class",
  "machines.*.tags": "tags",
  tags: "tags",
  "tags.*": "tags",
  "instances.*.module": "service",
  "instances.*.roles.*.extraModules": "modules",
  "instances.*.roles.*.machines": "members",
  "instances.*.roles.*.machines.*.settings": "settings",
  "instances.*.roles.*.settings": "settings",
  "instances.*.roles.*.tags": "members",
  "instances.*.roles.*.tags.*.settings": "settings",
  values: "values",
};

/** The texts of an inventory, as far as they could be read. */
export type Readables = ReadonlyMap<Source, Readable>;

/** What the text of a source says. */
export interface Readable {
  readonly value: Data;
  readonly unread: readonly Path[];
}

/** The name that a finding about a name is at: an item of a list, or a key. */
export function nameAt(place: Finding["place"], documents: Readables): string {
  const { path, source, isKey } = place as Origin;
  const value = isKey ? undefined : valueAt(documents.get(source)?.value, path);
  return typeof value === "string" ? value : String(path.at(-1));
}

/** What mistakes may have kept from being known. */
export class Gaps {
  private readonly known = new Set<string>();

  constructor(mistakes: readonly Finding[], documents: Readables) {
    for (const { code, severity, place, hides = [] } of mistakes) {
      if (severity === "error" && place instanceof Origin) {
        this.addMistake(code, place, documents);
        const value = documents.get(place.source)?.value;
        const isBare = valueAt(value, place.path) === null;
        const isOne = !isBare && hides.length < 2;
        const names = isOne ? namesAt(value, place.path) : undefined;
        for (const path of hides) {
          this.addAll(gapsAt(path), path, names);
        }
      }
    }
    for (const [source, { value, unread }] of documents) {
      const areSecond = areSecondValues(mistakes, source);
      for (const path of unread) {
        const kinds = isFreeForm(path) ? freeFormGaps(path) : gapsAt(path);
        const isKnown = areSecond && hasFirstValue(value, path);
        this.addAll(
          [...kinds].filter((kind) => !isKnown || kind !== "settings"),
          path,
          undefined,
        );
      }
    }
  }

  get isEmpty(): boolean {
    return this.known.size === 0;
  }

  /** Whether something of this kind is missing, in all instances or in the one at `path`. */
  has(kind: GapKind, path: Path): boolean {
    return this.known.has(kind) || this.known.has(inInstance(kind, path));
  }

  /** Whether what is missing may go by this name. */
  mayHold(kind: GapKind, name: string): boolean {
    return this.known.has(anyName(kind)) || this.known.has(named(kind, name));
  }

  private addMistake(code: Finding["code"], place: Origin, documents: Readables): void {
    const { path, source } = place;
    switch (code) {
      case "limit-exceeded":
      case "tag-cycle":
        return this.addAll(["holders"], path, undefined);
      case "unknown-machine":
        return this.addAll([path[0] === "tags" ? "holders" : "members"], path, undefined);
      case "idle-role":
      case "member-count":
      case "missing-role":
      case "predefined-tag":
      case "setting-type":
      case "settings-conflict":
      case "similar-tag":
      case "unknown-role":
      case "unknown-service":
      case "unknown-setting":
      case "unknown-tag":
        return;
      default:
        if (!isFreeForm(path.slice(0, -1))) {
          this.addAll(gapsAt(path), path, namesAt(documents.get(source)?.value, path));
        }
    }
  }

  private addAll(
    kinds: Iterable<GapKind>,
    path: Path,
    names: ReadonlySet<string> | undefined,
  ): void {
    for (const kind of kinds) {
      this.known.add(path.length < 2 ? kind : inInstance(kind, path));
      for (const name of names ?? []) {
        this.known.add(named(kind, name));
      }
      if (names === undefined) {
        this.known.add(anyName(kind));
      }
    }
  }
}

function inInstance(kind: GapKind, [part, instance]: Path): string {
  return part === "instances" ? `${kind} of ${instance}` : kind;
}

function named(kind: GapKind, name: string): string {
  return `${kind} named ${name}`;
}

function anyName(kind: GapKind): string {
  return `${kind} of any name`;
}

/**
 * What a mistake at this path hides: all that depends on the part there or on parts inside, and
 * what depends on the smallest part around it.
 */
function gapsAt(path: Path): ReadonlySet<GapKind> {
  const listed = Object.keys(gapsByPlace);
  const isSmallest = (place: string) => !listed.some((other) => isInside(other, place));
  const hidden = placesAt(path).flatMap((wrong) =>
    listed.filter(
      (place) =>
        place === wrong || isInside(place, wrong) || (isInside(wrong, place) && isSmallest(place)),
    ),
  );
  return new Set(hidden.map((place) => gapsByPlace[place]!));
}

function isInside(place: string, other: string): boolean {
  return place !== other && (other === "" || place.startsWith(`${other}.`));
}

/** What depends on something unread in settings or modules. */
function freeFormGaps([, , , , member]: Path): readonly GapKind[] {
  return member === "extraModules" ? [] : ["settings"];
}

/** Whether nothing but second values of keys is missing in what a text says. */
function areSecondValues(mistakes: readonly Finding[], source: Source): boolean {
  return mistakes.every(
    ({ code, place }) =>
      place instanceof Origin || place.source !== source || code === "duplicate-key",
  );
}

/**
 * Whether only a second value of a key is unread: what is said of the settings in the first is true.
 */
function hasFirstValue(data: Data, path: Path): boolean {
  const first = valueAt(data, path);
  return first !== undefined && first !== null && !isSpecial(first);
}

/** Whether data is a special form, of which a part may be what is unread. */
function isSpecial(data: Data): boolean {
  return isDataMap(data) && Object.keys(data).some((key) => key === "_type" || key.startsWith("$"));
}

/**
 * The places in the schema that a path may lead to: one, or, where a key is unknown,
 * those of the keys that are near it. If none is, the user may mean any key that there is.
 */
function placesAt(path: Path): readonly string[] {
  let place = "";
  for (const key of path) {
    const keys = places[place];
    if (typeof key === "number") {
      return [place];
    }
    if (keys === undefined) {
      place = join(place, "*");
      continue;
    }
    // A dotted key is nested wrongly, but starts with the right one.
    const [first] = key.split(".");
    if (!keys.includes(first!)) {
      const near = nearest(key, keys);
      return (near.length > 0 ? near : keys).map((other) => join(place, other));
    }
    place = join(place, first!);
  }
  return [place];
}

function join(place: string, key: string): string {
  return place === "" ? key : `${place}.${key}`;
}

/**
 * The names that a mistake may hide: what is missing is written in its key or in its value, in some
 * way. `undefined` where there is no value, or one that holds very many.
 */
function namesAt(data: Data | undefined, path: Path): ReadonlySet<string> | undefined {
  const value = valueAt(data, path);
  if (value === undefined) {
    return undefined;
  }
  const names = new Set<string>();
  const add = (text: string): void => {
    names.add(text);
    for (const part of text.split(/[\s,;:.()[\]{}"']+/)) {
      names.add(part);
    }
  };
  const seen = new Set<Data>();
  const visit = (part: Data): void => {
    if (typeof part !== "object" || part === null || part instanceof Float) {
      return add(String(part instanceof Float ? part.value : part));
    }
    if (seen.has(part) || names.size > maxNames) {
      return;
    }
    seen.add(part);
    if (isDataMap(part)) {
      Object.keys(part).forEach(add);
    }
    Object.values(part).forEach(visit);
  };
  add(String(path.at(-1)));
  visit(value);
  return names.size > maxNames ? undefined : names;
}

/** More names than these are not worth a look: any other may be missing. */
const maxNames = 1000;
