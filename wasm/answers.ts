/**
 * Plans, explanations and differences as the records of the WIT package: maps become lists, absent
 * fields `null`, values of settings JSON.
 */

import type { Data } from "../src/model/data.js";
import { sortedKeys } from "../src/model/name-order.js";
import { writePath } from "../src/model/setting-path.js";
import type {
  Change,
  Difference,
  MachineDifference,
  RoleDifference,
} from "../src/questions/diff.js";
import type {
  Explanation,
  Membership,
  SettingExplanation,
  TagReason,
  ValueSource,
} from "../src/questions/explanation.js";
import type { InstancePlan, MachinePlan, Plan, RolePlan } from "../src/questions/plan.js";
import { writeJson } from "../src/text/json-writer.js";

export type WitPlan = ReturnType<typeof witPlan>;
export type WitExplanation = ReturnType<typeof witExplanation>;
export type WitDifference = ReturnType<typeof witDifference>;

export function witPlan({ meta, machines }: Plan) {
  // Machines with the same settings share one object, whose text is written once.
  const known: KnownInstances = new Map();
  return {
    meta: witFields(meta),
    machines: sorted(machines).map(([name, machine]) => witMachine(name, machine, known)),
  };
}

type KnownInstances = Map<InstancePlan, ReturnType<typeof witInstance>>;

function witMachine(
  name: string,
  { class: machineClass, declared, fields, tags, instances }: MachinePlan,
  known: KnownInstances,
) {
  const witInstances = sorted(instances).map(([instanceName, instance]) => {
    const wit = known.get(instance) ?? witInstance(instanceName, instance);
    known.set(instance, wit);
    return wit;
  });
  return {
    name,
    class: machineClass,
    declared,
    fields: witFields(fields),
    tags,
    instances: witInstances,
  };
}

function witInstance(name: string, { module, roles }: InstancePlan) {
  return { name, module, roles: sorted(roles).map(([roleName, role]) => witRole(roleName, role)) };
}

function witRole(
  name: string,
  { through, settings, undecided = [], forNix, extraModules = [] }: RolePlan,
) {
  return {
    name,
    byName: through.name,
    byTags: through.tags,
    settings: json(settings),
    undecided: undecided.map(writePath),
    forNix: orNull(forNix),
    extraModules: extraModules.map(json),
  };
}

function witFields(fields: { readonly [name: string]: Data }) {
  return sorted(fields).map(([name, value]) => ({ name, value: json(value) }));
}

export function witExplanation({
  machine,
  class: machineClass,
  range,
  tags,
  memberships,
  absences,
}: Explanation) {
  return {
    machine,
    class: machineClass,
    range: range ?? null,
    tags: tags.map(({ tag, reasons }) => ({ tag, reasons: reasons.map(witTagReason) })),
    memberships: memberships.map(witMembership),
    absences,
  };
}

function witTagReason({ kind, range, tag }: TagReason) {
  return {
    kind: kind === "anyOf" ? "any-of" : kind === "allOf" ? "all-of" : kind,
    range: range ?? null,
    tag: tag ?? null,
  };
}

function witMembership({ instance, role, reasons, settings }: Membership) {
  return {
    instance,
    role,
    reasons: reasons.map((reason) => ({
      tag: reason.kind === "tag" ? reason.tag : null,
      range: reason.range,
    })),
    settings: settings?.map(witSetting) ?? null,
  };
}

function witSetting({ path, value, undecided, definitions }: SettingExplanation) {
  return {
    path: writePath(path),
    value: orNull(value),
    undecided,
    definitions: definitions.map(({ layer, value, sources = [], ...definition }) => ({
      ...definition,
      sources: sources.map(witSource),
      layer: layer.kind === "role" ? { tag: layer.kind } : { tag: layer.kind, val: layer.name },
      value: json(value),
    })),
  };
}

function witSource({ range, name, value }: ValueSource) {
  return { range, name: name ?? null, value: orNull(value) };
}

export function witDifference({ meta, changed, ...difference }: Difference) {
  return {
    ...difference,
    meta: meta.map(witChange),
    changed: sorted(changed).map(([machine, of]) => witMachineDifference(machine, of)),
  };
}

function witMachineDifference(machine: string, { fields, tags, roles }: MachineDifference) {
  return {
    machine,
    fields: fields.map(witChange),
    tagsGained: tags.gained,
    tagsLost: tags.lost,
    rolesGained: roles.gained,
    rolesLost: roles.lost,
    rolesChanged: roles.changed.map(witRoleDifference),
  };
}

function witRoleDifference({ instance, role, module, settings, extraModules }: RoleDifference) {
  return {
    instance,
    role,
    module: module ?? null,
    settings: settings.map(witChange),
    extraModules:
      extraModules === undefined
        ? null
        : { before: extraModules.before.map(json), after: extraModules.after.map(json) },
  };
}

function witChange({ path, before, after }: Change) {
  return { path: writePath(path), before: orNull(before), after: orNull(after) };
}

/**
 * What a record takes in the memory of a host, to which strings and lists that
 * several parts share are copied for each: UTF-16 units, about.
 */
export function lengthOf(record: unknown, known = new Map<object, number>()): number {
  if (typeof record === "string") {
    return record.length;
  }
  if (typeof record !== "object" || record === null) {
    return 1;
  }
  let length = known.get(record);
  if (length === undefined) {
    known.set(
      record,
      (length = Object.values(record).reduce<number>(
        (sum, part) => sum + lengthOf(part, known),
        10,
      )),
    );
  }
  return length;
}

function orNull(value: Data | undefined): string | null {
  return value === undefined ? null : json(value);
}

function json(value: Data): string {
  return writeJson(value).trimEnd();
}

function sorted<V>(map: { readonly [name: string]: V }): [string, V][] {
  return sortedKeys(map).map((name) => [name, map[name]!]);
}
