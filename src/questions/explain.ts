import { didYouMean, nearest } from "../diagnostics/suggest.js";
import type { ResolvedInventory, Role } from "../model/inventory.js";
import { sortedEntries, sortedNames } from "../model/name-order.js";
import type { Path } from "../model/origin.js";
import { isWithin, readPath, writePath } from "../model/setting-path.js";
import { definitionsOf } from "../module-system/merge-definitions.js";
import { settle } from "../module-system/settle.js";
import { explainMaps } from "./explain-settings.js";
import { explainTags } from "./explain-tags.js";
import type {
  Absence,
  Explanation,
  MemberReason,
  Membership,
  Places,
  Question,
  RangeOf,
} from "./explanation.js";

/** Explains a machine, or says in `mistake` what the question has wrong. */
export function explainMachine(
  inventory: ResolvedInventory,
  question: Question,
  places: Places,
): Explanation | { readonly mistake: string } {
  const { machine } = question;
  const { rangeOf } = places;
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
    explainMembership(inventory, { machine, withSettings }, name, places),
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
  return { mistake: `no ${kind} is named '${name}'${didYouMean(nearest(name, known))}` };
}

/** One membership, or none. */
function explainMembership(
  inventory: ResolvedInventory,
  { machine, withSettings }: { readonly machine: string; readonly withSettings: boolean },
  { instance, role }: RoleName,
  places: Places,
): readonly Membership[] {
  const layers = inventory.members.get(instance)!.get(role)!.get(machine);
  if (layers === undefined) {
    return [];
  }
  const assigned = inventory.inventory.instances.get(instance)!.roles.get(role)!;
  const reasons = memberReasons(
    assigned,
    machine,
    inventory.machineTags.get(machine)!,
    places.rangeOf,
  );
  if (!withSettings) {
    return [{ instance, role, reasons }];
  }
  const settled = settle(inventory.settings.get(instance)!.get(role)!.get(machine)!);
  return [
    {
      instance,
      role,
      reasons,
      settings: explainMaps(definitionsOf(layers), [], { settled, ...places }),
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
  return [
    {
      instance,
      role,
      range: rangeOf(origin),
      tags: sortedNames(tags.keys()),
      machines: sortedNames(machines.keys()),
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
    mistake: `nothing defines the setting '${written}' there${didYouMean(nearest(written, new Set(paths)))}`,
  };
}
