/**
 * What the passes hand on to each other: an inventory as it was written
 * ({@link Inventory}), with tags as machine names ({@link ExpandedInventory}),
 * and with every member's settings merged ({@link ResolvedInventory}).
 */
import { sortedEntries } from "./names.js";
import type { Origin } from "./source.js";

/**
 * A value in settings. A `number` is a Nix int where it is an integer, else a
 * Nix float; {@link Float} holds the floats that look like ints (`1.0`,
 * `1e300`), `bigint` the ints beyond 2^53. Maps are plain objects of which only
 * own properties count, because any name may be a key: read them with
 * `Object.keys` and `Object.hasOwn`, write them with {@link setEntry}.
 */
export type Value = null | boolean | string | number | bigint | readonly Value[] | ValueMap | Float | Special;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** What sets the values that JSON has no literal for apart from plain maps. */
abstract class NonJson {}

/** A Nix float whose value is an integer, or -0.0. */
export class Float extends NonJson {
  readonly kind = "float";
  constructor(readonly value: number) {
    super();
  }

  /** `JSON.stringify` makes a number of it, though `1.0` becomes `1`. */
  toJSON(): number {
    return this.value;
  }
}

/** A special form: one of the leaves, or a property of the module system around a value. `origin` is the argument's. */
export type Special = PathValue | FileContents | Reference | RawNix | Property;

/** A wrapper that the module system takes off, as `lib.mkForce` makes one. */
export type Property = Override | Order | If | Merge;

/** A Nix path: below `root` (`/keys/a.pub`, `/../x`, empty for `root` itself), or absolute. */
export class PathValue extends NonJson {
  readonly kind = "path";
  constructor(
    readonly path: string,
    readonly absolute: boolean,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** The text of a file without its final newline, read by Nix. */
export class FileContents extends NonJson {
  readonly kind = "fileContents";
  constructor(
    readonly file: PathValue,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** An attribute of an argument of the output: `["inputs", "srvos", …]`. */
export class Reference extends NonJson {
  readonly kind = "ref";
  constructor(
    readonly names: readonly string[],
    readonly origin: Origin,
  ) {
    super();
  }
}

/** Nix code as the user wrote it. */
export class RawNix extends NonJson {
  readonly kind = "nix";
  constructor(
    readonly code: string,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** The priority of a definition without `mkOverride`, and the order of one without `mkOrder`. */
export const defaultPriority = 100;
export const defaultOrder = 1000;

/** `lib.mkOverride priority content`; `origin` is the content's, in all properties. */
export class Override extends NonJson {
  readonly kind = "override";
  constructor(
    readonly priority: number,
    readonly content: Value,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** `lib.mkOrder priority content` */
export class Order extends NonJson {
  readonly kind = "order";
  constructor(
    readonly priority: number,
    readonly content: Value,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** `lib.mkIf condition content` */
export class If extends NonJson {
  readonly kind = "if";
  constructor(
    readonly condition: boolean,
    readonly content: Value,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** `lib.mkMerge contents`; the origin of `contents[n]` is `origin.at(n)`. */
export class Merge extends NonJson {
  readonly kind = "merge";
  constructor(
    readonly contents: readonly Value[],
    readonly origin: Origin,
  ) {
    super();
  }
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NonJson);
}

export function isSpecial(value: Value): value is Special {
  return value instanceof NonJson && (value as Float | Special).kind !== "float";
}

/** Whether only Nix knows what the value is. */
export function isOpaque(value: Value): value is Reference | RawNix {
  return value instanceof Reference || value instanceof RawNix;
}

/** Sets an own property, also where the key is `__proto__`. */
export function setEntry<V>(map: { [key: string]: V }, key: string, value: V): void {
  if (key === "__proto__") Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** A scalar of the fixed shape, and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly origin: Origin;
}

export type MachineClass = "nixos" | "darwin";

/** Tags that always exist; patterns of selectors pass them by. */
export const predefinedTags: readonly string[] = ["all", "darwin", "nixos"];

/** Whether machines of this class have the predefined tag, unless it is redefined. */
export function hasPredefinedTag(machineClass: MachineClass, tag: string): boolean {
  return tag === "all" || tag === machineClass;
}

/** An inventory as written, in its long form: short forms are spelt out, nulls dropped. */
export interface Inventory {
  readonly meta: ReadonlyMap<MetaField, Located<string>>;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly tags: ReadonlyMap<string, Tag>;
  readonly instances: ReadonlyMap<string, Instance>;
}

export type MetaField = "name" | "description" | "icon" | "domain" | "tld";

export interface Machine {
  /** Scalars by their dotted name: `description`, `machineClass`, `deploy.targetHost`, … */
  readonly fields: ReadonlyMap<MachineField, Located<FieldValue>>;
  readonly tags: readonly string[];
  /** Where each of the tags stands; absent where they are the list as written under `origin`. */
  readonly tagOrigins?: readonly Origin[];
  readonly origin: Origin;
}

export type FieldValue = string | number | bigint | boolean;

export type MachineField =
  | "name"
  | "description"
  | "icon"
  | "machineClass"
  | "installedAt"
  | "deploy.targetHost"
  | "deploy.buildHost"
  | "deploy.forwardAgent";

/** The class that the inventory gives a machine. */
export function classOf({ fields }: Machine): MachineClass {
  return (fields.get("machineClass")?.value ?? "nixos") as MachineClass;
}

/** A machine's fields in the inventory's shape, sorted, `deploy` with its own inside. */
export function nestFields({ fields }: Machine): { [field: string]: FieldValue | { [field: string]: FieldValue } } {
  const deploy: { [field: string]: FieldValue } = {};
  const nested: { [field: string]: FieldValue | { [field: string]: FieldValue } } = {};
  for (const [field, { value }] of sortedEntries(fields)) {
    if (!field.startsWith("deploy.")) nested[field] = value;
    else {
      deploy[field.slice("deploy.".length)] = value;
      nested["deploy"] = deploy;
    }
  }
  return nested;
}

/** Where a machine's own tag with this index stands. */
export function tagOrigin({ tagOrigins, origin }: Machine, index: number): Origin {
  return tagOrigins?.[index] ?? origin.at("tags").at(index);
}

/** A static list of machines, or a selector that computes one. */
export type Tag = StaticTag | Selector;

export interface StaticTag {
  readonly kind: "static";
  readonly machines: readonly Located<string>[];
  readonly origin: Origin;
}

/** How a computed tag chooses its machines; `undefined` is an absent key. */
export interface Selector {
  readonly kind: "computed";
  readonly anyOf: readonly Located<string>[] | undefined;
  readonly allOf: readonly Located<string>[] | undefined;
  readonly noneOf: readonly Located<string>[] | undefined;
  readonly machines: readonly Located<string>[] | undefined;
  readonly except: readonly Located<string>[] | undefined;
  readonly origin: Origin;
}

export interface Instance {
  readonly module: ReadonlyMap<"name" | "input", Located<string>>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly origin: Origin;
}

export interface Role {
  readonly machines: ReadonlyMap<string, Assignment>;
  readonly tags: ReadonlyMap<string, Assignment>;
  readonly settings: readonly Definition[];
  readonly extraModules: readonly Value[];
  readonly origin: Origin;
}

/** A machine or a tag that is given a role. */
export interface Assignment {
  readonly settings: readonly Definition[];
  readonly origin: Origin;
}

/** One `settings` map of one file. */
export interface Definition {
  readonly value: ValueMap;
  readonly origin: Origin;
}

/** The settings of one layer: those of a tag, of a machine, or of the role itself. */
export interface Layer {
  readonly kind: "tag" | "machine" | "role";
  /** The tag's or the machine's name; empty for the role. */
  readonly name: string;
  readonly definitions: readonly Definition[];
}

/** An inventory whose tags and members are known. */
export interface ExpandedInventory {
  readonly inventory: Inventory;
  /** Every machine, declared or known from outside, sorted by name. */
  readonly machineClasses: ReadonlyMap<string, MachineClass>;
  /** The same machines with their tags. */
  readonly machineTags: ReadonlyMap<string, ReadonlySet<string>>;
  /** The lists that `tags` comes to, computed ones included. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Instance, role: members sorted by name. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, readonly Member[]>>;
}

export interface Member {
  readonly machine: string;
  /** In order of definition; members with the same layers share one array. */
  readonly layers: readonly Layer[];
}

/**
 * The layers of a role's settings that none of its members has: of a role without
 * members, and of tags and machines that there are not.
 */
export function layersWithoutMembers(role: Role, members: readonly Member[]): readonly Layer[] {
  const layers: readonly Layer[] = [
    { kind: "role", name: "", definitions: role.settings },
    ...Array.from(role.tags, ([name, { settings }]): Layer => ({ kind: "tag", name, definitions: settings })),
    ...Array.from(role.machines, ([name, { settings }]): Layer => ({ kind: "machine", name, definitions: settings })),
  ];
  const had = new Set<readonly Definition[]>();
  for (const layers of new Set(members.map(({ layers }) => layers))) {
    for (const { definitions } of layers) had.add(definitions);
  }
  return layers.filter(({ definitions }) => definitions.length > 0 && !had.has(definitions));
}

/** An expanded inventory with the settings that each member ends up with. */
export interface ResolvedInventory extends ExpandedInventory {
  /** Instance, role, machine: settings; equal ones are one object. */
  readonly settings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, ValueMap>>>;
}

/** What is printed: the inventory as one tree, whatever the language. */
export interface Assembly {
  /** The parts in the order of the output. */
  readonly tree: { readonly [part: string]: Tree };
  /** Settings that several members of a role share, with the name that Nix binds them to where it is free. */
  readonly shared: ReadonlyMap<ValueMap, string>;
}

/** Names in the order of the output, which may be very many, above values, whose keys are in any order. */
export type Tree = Branch | Value;

export type Branch = ReadonlyMap<string, Tree>;

export function isBranch(tree: Tree): tree is Branch {
  return tree instanceof Map;
}
