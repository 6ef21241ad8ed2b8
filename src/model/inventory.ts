/**
 * What the passes hand on to each other: an inventory as it was written
 * ({@link WrittenInventory}), with its special forms read ({@link Inventory}), with
 * tags as machine names ({@link ExpandedInventory}), and with every member's
 * settings merged ({@link ResolvedInventory}).
 */
import type { Data } from "./data.js";
import type { MachineClass, MachineField, MachineFields } from "./machine-fields.js";
import type { Located, Origin } from "./origin.js";
import type { Value, ValueMap } from "./value.js";

/**
 * An inventory in its long form: short forms are spelt out, nulls dropped. `Settings` is what one
 * `settings` map defines, `Module` an entry of `extraModules`.
 */
export interface Inventory<Settings = Definition, Module = Located<Value>> {
  readonly meta: ReadonlyMap<MetaField, Located<string>>;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly tags: ReadonlyMap<string, Tag>;
  readonly instances: ReadonlyMap<string, Instance<Settings, Module>>;
}

/**
 * An inventory whose settings and modules are data, in which no special form is read yet, with the
 * values that other sources may use, too.
 */
export interface WrittenInventory extends Inventory<Located<Data>, Located<Data>> {
  readonly values: ReadonlyMap<string, Located<Data>>;
}

/** The scalars of `meta`. */
export const metaFields = ["name", "description", "icon", "domain", "tld"] as const;

export type MetaField = (typeof metaFields)[number];

export interface Machine {
  readonly fields: MachineFields;
  readonly tags: readonly string[];
  /** The place of each field and each tag; absent where they are as written under `origin`. */
  readonly fieldOrigins?: ReadonlyMap<MachineField, Origin>;
  readonly tagOrigins?: readonly Origin[];
  readonly origin: Origin;
}

export function fieldOrigin({ fieldOrigins, origin }: Machine, field: MachineField): Origin {
  return fieldOrigins?.get(field) ?? origin.to(field.split("."));
}

/** The place of a machine's own tag with this index. */
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

export interface Instance<Settings = Definition, Module = Located<Value>> {
  readonly module: ReadonlyMap<ModuleField, Located<string>>;
  readonly roles: ReadonlyMap<string, Role<Settings, Module>>;
  readonly origin: Origin;
}

/** The scalars of an instance's `module`. */
export const moduleFields = ["name", "input"] as const;

export type ModuleField = (typeof moduleFields)[number];

export interface Role<Settings = Definition, Module = Located<Value>> {
  readonly machines: ReadonlyMap<string, Assignment<Settings>>;
  readonly tags: ReadonlyMap<string, Assignment<Settings>>;
  readonly settings: readonly Settings[];
  readonly extraModules: readonly Module[];
  readonly origin: Origin;
}

/** A machine or a tag that is given a role. */
export interface Assignment<Settings = Definition> {
  readonly settings: readonly Settings[];
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
  /** The machines of each tag under `tags`, computed ones included. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Instance, role. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, Members>>;
}

/**
 * The members of a role, sorted by name, each with its layers in order of definition; members with
 * the same layers share one array.
 */
export type Members = ReadonlyMap<string, readonly Layer[]>;

/**
 * The layers of a role's settings that none of its members has: of a role without
 * members, and of tags and machines that do not exist.
 */
export function layersWithoutMembers(role: Role, members: Members): readonly Layer[] {
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
  const used = new Set<readonly Definition[]>();
  for (const layers of new Set(members.values())) {
    for (const { definitions } of layers) {
      used.add(definitions);
    }
  }
  return layers.filter(({ definitions }) => definitions.length > 0 && !used.has(definitions));
}

/** An expanded inventory with the final settings of each member. */
export interface ResolvedInventory extends ExpandedInventory {
  /** Instance, role, machine: settings; equal ones are one object. */
  readonly settings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, ValueMap>>>;
}
