/**
 * What the passes hand on to each other: an inventory as it was written
 * ({@link Inventory}), with tags as machine names ({@link ExpandedInventory}),
 * and with every member's settings merged ({@link ResolvedInventory}).
 */
import type { MachineClass, MachineFields } from "./machine-fields.js";
import type { Located, Origin } from "./origin.js";
import type { Value, ValueMap } from "./value.js";

/** An inventory as written, in its long form: short forms are spelt out, nulls dropped. */
export interface Inventory {
  readonly meta: ReadonlyMap<MetaField, Located<string>>;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly tags: ReadonlyMap<string, Tag>;
  readonly instances: ReadonlyMap<string, Instance>;
}

export type MetaField = "name" | "description" | "icon" | "domain" | "tld";

export interface Machine {
  readonly fields: MachineFields;
  readonly tags: readonly string[];
  /** Where each of the tags stands; absent where they are the list as written under `origin`. */
  readonly tagOrigins?: readonly Origin[];
  readonly origin: Origin;
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
    ...Array.from(
      role.tags,
      ([name, { settings }]): Layer => ({ kind: "tag", name, definitions: settings }),
    ),
    ...Array.from(
      role.machines,
      ([name, { settings }]): Layer => ({ kind: "machine", name, definitions: settings }),
    ),
  ];
  const had = new Set<readonly Definition[]>();
  for (const layers of new Set(members.map(({ layers }) => layers))) {
    for (const { definitions } of layers) {
      had.add(definitions);
    }
  }
  return layers.filter(({ definitions }) => definitions.length > 0 && !had.has(definitions));
}

/** An expanded inventory with the settings that each member ends up with. */
export interface ResolvedInventory extends ExpandedInventory {
  /** Instance, role, machine: settings; equal ones are one object. */
  readonly settings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, ValueMap>>>;
}
