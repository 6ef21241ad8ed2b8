import { didYouMean } from "../diagnostics/suggest.js";
import type { Data } from "../model/data.js";
import {
  type Layer,
  type ResolvedInventory,
  type Role,
  type Selector,
  type Tag,
  tagOrigin,
} from "../model/inventory.js";
import type { MachineClass } from "../model/machine-fields.js";
import { compareNames, sortedEntries } from "../model/name-order.js";
import type { Located, Origin, Path } from "../model/origin.js";
import { meansTag } from "../model/pattern.js";
import { readPath, writePath } from "../model/setting-path.js";
import type { Range } from "../model/source.js";
import {
  defaultOrder,
  defaultPriority,
  If,
  isMap,
  type Value,
  type ValueMap,
} from "../model/value.js";
import { ownForm, toData } from "../model/value-to-data.js";
import {
  definitionsOf,
  discharge,
  entriesByKey,
  type LayeredValue,
  strongestOf,
} from "../module-system/merge-definitions.js";
import { type Settled, settle } from "../module-system/settle.js";

/** What is to be explained. */
export interface Question {
  readonly machine: string;
  /** `instance` or `instance.role`; its settings are explained too. */
  readonly instance?: string | undefined;
  /** Keys joined by dots, those that hold dots in double quotes; or a list of keys. */
  readonly setting?: string | Path | undefined;
}

/** Why a machine gets what it gets: plain data, with values as in a plan; `showJson` writes it. */
export interface Explanation {
  readonly machine: string;
  readonly class: MachineClass;
  /** Where it is declared; absent for a machine known from outside. */
  readonly range?: Range;
  readonly tags: readonly TagExplanation[];
  readonly memberships: readonly Membership[];
  /** The roles asked for that it does not have; empty where the question names no instance. */
  readonly absences: readonly Absence[];
}

export interface TagExplanation {
  readonly tag: string;
  readonly reasons: readonly TagReason[];
}

/** Why a machine has a tag. */
export interface TagReason {
  /**
   * `own`: by the machine's `tags`; `list`: the tag's list names it;
   * `predefined`: every machine, or every one of its class, has it. The others
   * are parts of a selector: its `machines`, an entry of `anyOf` or `allOf`, or
   * `every`, where it starts with every machine.
   */
  readonly kind: "own" | "list" | "predefined" | "machines" | "anyOf" | "allOf" | "every";
  /** Absent for predefined tags. */
  readonly range?: Range;
  /** The tag of the machine that an entry of `anyOf` or `allOf` means. */
  readonly tag?: string;
}

export interface Membership {
  readonly instance: string;
  readonly role: string;
  readonly reasons: readonly MemberReason[];
  /** By path; absent where the question names no instance. */
  readonly settings?: readonly SettingExplanation[];
}

/** By its own name, or through a tag: where the role says so. */
export type MemberReason =
  | { readonly kind: "name"; readonly range: Range }
  | { readonly kind: "tag"; readonly tag: string; readonly range: Range };

/** A role that the machine does not have, and who has it. */
export interface Absence {
  readonly instance: string;
  readonly role: string;
  readonly range: Range;
  readonly tags: readonly string[];
  readonly machines: readonly string[];
}

export interface SettingExplanation {
  readonly path: Path;
  /** Absent where nothing is left, or the value is that of the settings inside. */
  readonly value?: Data;
  /** Whether the type of the option, which only Nix knows, may make something else of it. */
  readonly undecided: boolean;
  /** In order of definition. */
  readonly definitions: readonly DefinitionExplanation[];
}

export interface DefinitionExplanation {
  readonly layer: Pick<Layer, "kind" | "name">;
  readonly range: Range;
  readonly value: Data;
  /** 100 where none is given. */
  readonly priority: number;
  /** 1000 where none is given. */
  readonly order: number;
  readonly fate: Fate;
}

/** `lost`: another has a lower priority number; `off`: its condition is false. */
export type Fate = "won" | "merged" | "lost" | "off";

type RangeOf = (origin: Origin) => Range;

/** Explains a machine, or says in `mistake` what the question has wrong. */
export function explainMachine(
  inventory: ResolvedInventory,
  question: Question,
  rangeOf: RangeOf,
): Explanation | { readonly mistake: string } {
  const { machine } = question;
  const machineClass = inventory.machineClasses.get(machine);
  if (machineClass === undefined) {
    return unknown("machine", machine, inventory.machineClasses.keys());
  }
  const found = findRoles(inventory, question.instance);
  if ("mistake" in found) {
    return found;
  }

  const declared = inventory.inventory.machines.get(machine);
  const wanted =
    typeof question.setting === "string" ? readPath(question.setting) : question.setting;
  const withSettings = question.instance !== undefined || question.setting !== undefined;
  const memberships = found.flatMap((name) =>
    explainMembership(inventory, machine, name, withSettings, rangeOf),
  );
  const narrowed = wanted === undefined ? memberships : narrow(memberships, wanted);
  if (narrowed.length === 0 && memberships.length > 0) {
    return unknownSetting(wanted!, memberships);
  }
  return {
    machine,
    class: machineClass,
    ...(declared !== undefined && { range: rangeOf(declared.origin) }),
    tags: explainTags(inventory, machine, rangeOf),
    memberships: narrowed,
    absences:
      question.instance === undefined
        ? []
        : found.flatMap((name) => explainAbsence(inventory, machine, name, rangeOf)),
  };
}

interface RoleName {
  readonly instance: string;
  readonly role: string;
}

/**
 * The roles that `INSTANCE` or `INSTANCE.ROLE` means, all where it is absent. Both names may hold
 * dots.
 */
function findRoles(
  { inventory: { instances } }: ResolvedInventory,
  about: string | undefined,
): readonly RoleName[] | { readonly mistake: string } {
  const rolesOf = (instance: string) =>
    sortedEntries(instances.get(instance)!.roles).map(([role]) => ({ instance, role }));
  if (about === undefined) {
    return sortedEntries(instances).flatMap(([instance]) => rolesOf(instance));
  }
  if (instances.has(about)) {
    return rolesOf(about);
  }
  const splits = [...about.matchAll(/\./g)].map(({ index }) => ({
    instance: about.slice(0, index),
    role: about.slice(index + 1),
  }));
  const split = splits.find(({ instance }) => instances.has(instance));
  if (split === undefined) {
    return unknown("instance", splits[0]?.instance ?? about, instances.keys());
  }
  const { roles } = instances.get(split.instance)!;
  return roles.has(split.role)
    ? [split]
    : unknown(`role of '${split.instance}'`, split.role, roles.keys());
}

function unknown(
  kind: string,
  name: string,
  known: Iterable<string>,
): { readonly mistake: string } {
  return { mistake: `no ${kind} is named '${name}'${didYouMean(name, known)}` };
}

function explainTags(
  { inventory, machineTags, tags }: ResolvedInventory,
  machine: string,
  rangeOf: RangeOf,
): readonly TagExplanation[] {
  const declared = inventory.machines.get(machine);
  const carried = machineTags.get(machine)!;
  return [...carried].sort(compareNames).map((tag) => {
    const own = declared?.tags.indexOf(tag) ?? -1;
    const isListed = tags.get(tag)?.includes(machine) === true;
    const reasons: readonly Reason[] = [
      ...(own >= 0 ? [{ kind: "own", origin: tagOrigin(declared!, own) } as const] : []),
      ...(isListed ? reasonsIn(inventory.tags.get(tag)!, tag, machine, carried) : []),
    ];
    if (reasons.length === 0) {
      return { tag, reasons: [{ kind: "predefined" }] };
    }
    return {
      tag,
      reasons: reasons.map(({ origin, ...reason }) => ({ ...reason, range: rangeOf(origin) })),
    };
  });
}

/** A {@link TagReason} before its place is looked up. */
interface Reason extends Omit<TagReason, "range"> {
  readonly origin: Origin;
}

/** Why the definition of a tag holds a machine that carries these tags. */
function reasonsIn(
  definition: Tag,
  tag: string,
  machine: string,
  carried: ReadonlySet<string>,
): readonly Reason[] {
  const naming = (entries: readonly Located<string>[] = []) =>
    entries.filter(({ value }) => value === machine).map(({ origin }) => origin);
  if (definition.kind === "static") {
    return naming(definition.machines).map((origin) => ({ kind: "list", origin }));
  }
  const named = naming(definition.machines).map((origin): Reason => ({ kind: "machines", origin }));
  return named.length > 0 ? named : selecting(definition, tag, carried);
}

/** The entries of a selector that let a machine with these tags in. */
function selecting(
  selector: Selector,
  tag: string,
  carried: ReadonlySet<string>,
): readonly Reason[] {
  const matching = (kind: "anyOf" | "allOf") =>
    (selector[kind] ?? []).flatMap(({ value, origin }): Reason[] => {
      const other = [...carried].find((other) => meansTag(value, other, tag));
      return other === undefined ? [] : [{ kind, origin, tag: other }];
    });
  const every: readonly Reason[] =
    selector.anyOf === undefined ? [{ kind: "every", origin: selector.origin }] : [];
  return [...every, ...matching("anyOf"), ...matching("allOf")];
}

/** One membership, or none. */
function explainMembership(
  inventory: ResolvedInventory,
  machine: string,
  { instance, role }: RoleName,
  withSettings: boolean,
  rangeOf: RangeOf,
): readonly Membership[] {
  const member = inventory.members
    .get(instance)!
    .get(role)!
    .find((other) => other.machine === machine);
  if (member === undefined) {
    return [];
  }
  const assigned = inventory.inventory.instances.get(instance)!.roles.get(role)!;
  const reasons = memberReasons(assigned, machine, inventory.machineTags.get(machine)!, rangeOf);
  if (!withSettings) {
    return [{ instance, role, reasons }];
  }
  const settled = settle(inventory.settings.get(instance)!.get(role)!.get(machine)!);
  return [
    {
      instance,
      role,
      reasons,
      settings: explainMaps(definitionsOf(member.layers), [], { settled, rangeOf }),
    },
  ];
}

/** One absence, or none. */
function explainAbsence(
  inventory: ResolvedInventory,
  machine: string,
  { instance, role }: RoleName,
  rangeOf: RangeOf,
): readonly Absence[] {
  if (inventory.settings.get(instance)!.get(role)!.has(machine)) {
    return [];
  }
  const { origin, tags, machines } = inventory.inventory.instances.get(instance)!.roles.get(role)!;
  const sorted = (names: Iterable<string>) => [...names].sort(compareNames);
  return [
    {
      instance,
      role,
      range: rangeOf(origin),
      tags: sorted(tags.keys()),
      machines: sorted(machines.keys()),
    },
  ];
}

function memberReasons(
  role: Role,
  machine: string,
  carried: ReadonlySet<string>,
  rangeOf: RangeOf,
): readonly MemberReason[] {
  const named = role.machines.get(machine);
  const through = sortedEntries(role.tags).filter(([tag]) => carried.has(tag));
  return [
    ...(named === undefined ? [] : [{ kind: "name", range: rangeOf(named.origin) } as const]),
    ...through.map(([tag, { origin }]) => ({ kind: "tag", tag, range: rangeOf(origin) }) as const),
  ];
}

interface SettingsContext {
  readonly settled: Settled;
  readonly rangeOf: RangeOf;
}

/** What is defined at each key of any of the maps, and below. */
function explainMaps(
  maps: readonly LayeredValue[],
  path: Path,
  context: SettingsContext,
): readonly SettingExplanation[] {
  return sortedEntries(entriesByKey(maps)).flatMap(([key, entries]) =>
    explainValues(entries, [...path, key], context),
  );
}

function explainValues(
  entries: readonly LayeredValue[],
  path: Path,
  context: SettingsContext,
): readonly SettingExplanation[] {
  const strongest = strongestOf(entries.flatMap((entry) => discharge(entry)));
  const fateOf = ({ priority }: LayeredValue): Fate =>
    priority > strongest[0]!.priority ? "lost" : strongest.length > 1 ? "merged" : "won";
  const definitions = entries.flatMap((entry) => {
    const parts = discharge(entry);
    return parts.length === 0
      ? [explainDefinition(withoutCondition(entry), "off", context)]
      : parts.map((part) => explainDefinition(part, fateOf(part), context));
  });

  const areMaps = strongest.length > 0 && strongest.every(({ value }) => isMap(value));
  const inside = areMaps
    ? explainMaps(
        [...strongest].sort((a, b) => a.order - b.order),
        path,
        context,
      )
    : [];
  const isPlain = definitions.every(
    ({ priority, order, fate }) =>
      priority === defaultPriority && order === defaultOrder && fate !== "off",
  );
  if (inside.length > 0 && isPlain) {
    return inside;
  }
  const value = inside.length > 0 ? undefined : valueAt(context.settled.value, path);
  const undecided = context.settled.undecided.some((other) => isWithin(path, other));
  return [
    { path, ...(value !== undefined && { value: toData(value, ownForm) }), undecided, definitions },
    ...inside,
  ];
}

function withoutCondition(definition: LayeredValue): LayeredValue {
  return definition.value instanceof If
    ? withoutCondition({ ...definition, value: definition.value.content })
    : definition;
}

function explainDefinition(
  { layer, origin, value, priority, order }: LayeredValue,
  fate: Fate,
  { rangeOf }: SettingsContext,
): DefinitionExplanation {
  return {
    layer: { kind: layer.kind, name: layer.name },
    range: rangeOf(origin),
    value: toData(value, ownForm),
    priority,
    order,
    fate,
  };
}

function valueAt(settings: ValueMap, path: Path): Value | undefined {
  let value: Value | undefined = settings;
  for (const key of path) {
    value =
      value !== undefined && isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/**
 * Memberships with what defines the setting, settings inside it, or maps around it; without those
 * where nothing does.
 */
function narrow(memberships: readonly Membership[], wanted: Path): readonly Membership[] {
  return memberships.flatMap((membership) => {
    const isDefined = membership.settings!.some(({ path }) => isWithin(path, wanted));
    return isDefined
      ? [
          {
            ...membership,
            settings: membership.settings!.filter(
              ({ path }) => isWithin(path, wanted) || isWithin(wanted, path),
            ),
          },
        ]
      : [];
  });
}

function unknownSetting(
  setting: Path,
  memberships: readonly Membership[],
): { readonly mistake: string } {
  const written = writePath(setting);
  const paths = memberships.flatMap(({ settings }) =>
    settings!.flatMap(({ path }) => path.map((_, index) => writePath(path.slice(0, index + 1)))),
  );
  return {
    mistake: `nothing defines the setting '${written}' there${didYouMean(written, new Set(paths))}`,
  };
}

/** Whether `path` is `other` or leads on from there. */
function isWithin(path: Path, other: Path): boolean {
  return other.every((key, index) => key === path[index]);
}
