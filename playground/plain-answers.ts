/** Answers of the library as the page shows them. */

import { Tracer } from "../src/diagnostics/tracer.js";
import type {
  Analysis,
  Change as ChangeOfData,
  Difference as DifferenceOfPlans,
  Explanation as ExplanationOfData,
  MachineDifference,
  Membership as MembershipOfData,
  Plan,
  Question as QuestionOfData,
  RoleDifference,
  RoleName,
  SettingExplanation,
  TagReason,
} from "../src/index.js";
import { writePath } from "../src/model/setting-path.js";
import { explainMachine } from "../src/questions/explain.js";
import { planMachines } from "../src/questions/plan.js";
import { showValue } from "../src/show/show-value.js";
import type {
  Change,
  Difference,
  Explanation,
  Fleet,
  MachineChanges,
  Membership,
  Question,
  Reason,
  Setting,
} from "./answer.js";

export function fleet({ meta, machines }: Plan, analysis: Analysis): Fleet {
  const declared = declaredOrder(analysis);
  const place = (name: string) => declared.get(name) ?? declared.size;
  const names = Object.keys(machines).sort((a, b) => place(a) - place(b));
  return {
    name: meta.name,
    machines: names.map((name) => {
      const { class: machineClass, tags, instances } = machines[name]!;
      const roles = Object.entries(instances).flatMap(([instance, { module, roles }]) =>
        Object.entries(roles).map(([role, { through }]) => ({
          instance,
          role,
          module: module.name,
          byName: through.name,
          byTags: through.tags,
        })),
      );
      return { name, class: machineClass, tags, roles };
    }),
  };
}

/**
 * What every machine gets. Mistakes that leave the text readable leave their own part out, and the
 * rest whole.
 */
export function planOf(analysis: Analysis): Plan | undefined {
  return isReadable(analysis) ? planMachines(analysis.inventory) : undefined;
}

/** Why a machine gets what it gets, as far as that is known. */
export function explain(
  analysis: Analysis,
  question: QuestionOfData,
): ExplanationOfData | undefined {
  if (!isReadable(analysis)) {
    return undefined;
  }
  const answer = explainMachine(analysis.inventory, question, {
    rangeOf: (place) => analysis.rangeOf(place)!,
    tracer: new Tracer(analysis.documents),
  });
  return "mistake" in answer ? undefined : answer;
}

/** Whether all texts say something now: what they said before would look like an answer to them. */
function isReadable(
  analysis: Analysis,
): analysis is Analysis & { readonly inventory: NonNullable<Analysis["inventory"]> } {
  const documents = [...analysis.documents.values()];
  return analysis.inventory !== undefined && documents.every((document) => document !== undefined);
}

/** The machines with their places in the sources. */
function declaredOrder({ documents }: Analysis): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const document of documents.values()) {
    const { machines } = (document?.value ?? {}) as { machines?: object | null };
    const names: readonly unknown[] = Array.isArray(machines)
      ? machines
      : Object.keys(machines ?? {});
    for (const name of names) {
      order.set(String(name), order.size);
    }
  }
  return order;
}

/** Of one machine with all its settings; `undefined` where none is chosen, or there is no such. */
export function explanation(
  analysis: Analysis,
  { machines }: Plan,
  { machine, instance }: Question,
): Explanation | undefined {
  if (!Object.hasOwn(machines, machine)) {
    return undefined;
  }
  const all = Object.keys(machines[machine]!.instances);
  const chosen = all.includes(instance) ? [instance] : all;
  const { class: machineClass, range, tags } = explain(analysis, { machine })!;
  return {
    machine,
    class: machineClass,
    range,
    tags: tags.map(({ tag, reasons }) => ({
      tag,
      reasons: reasons.map((reason) => ({ text: tagReason(tag, reason), range: reason.range })),
    })),
    memberships: chosen.flatMap((instance) =>
      explain(analysis, { machine, instance })!.memberships.map(plainMembership),
    ),
  };
}

function tagReason(name: string, { kind, tag }: TagReason): string {
  switch (kind) {
    case "own":
      return "its own";
    case "list":
      return "named by the tag’s list";
    case "machines":
      return "named by the selector’s ‘machines’";
    case "anyOf":
      return `by ‘anyOf’, through its tag ${tag!}`;
    case "allOf":
      return `by ‘allOf’, through its tag ${tag!}`;
    case "every":
      return "the selector starts with every machine";
    case "predefined":
      return name === "all" ? "every machine has it" : `every ${name} machine has it`;
  }
}

function plainMembership({ instance, role, reasons, settings }: MembershipOfData): Membership {
  return {
    instance,
    role,
    reasons: reasons.map(
      (reason): Reason => ({
        text: reason.kind === "name" ? "a member by its name" : `a member by its tag ${reason.tag}`,
        range: reason.range,
      }),
    ),
    settings: (settings ?? []).map(plainSetting),
  };
}

function plainSetting({ path, value, undecided, definitions }: SettingExplanation): Setting {
  return {
    path: writePath(path),
    value: value === undefined ? undefined : showValue(value),
    undecided,
    definitions: definitions.map(({ layer, value, range, priority, order, fate }) => ({
      layer: layer.kind === "role" ? "the role" : `${layer.kind} ${layer.name}`,
      value: showValue(value),
      range,
      priority,
      order,
      fate,
    })),
  };
}

/** `startAt: "12:30"` */
export function settingLines(memberships: readonly MembershipOfData[]): readonly string[] {
  return memberships.flatMap(({ settings = [] }) =>
    settings.flatMap(({ path, value }) =>
      value === undefined ? [] : [`${writePath(path)}: ${showValue(value)}`],
    ),
  );
}

export function difference({ meta, changed, ...others }: DifferenceOfPlans): Difference {
  const alike = new Map<string, MachineChanges & { readonly machines: string[] }>();
  for (const [machine, changes] of Object.entries(changed)) {
    const plain = machineChanges(changes);
    const key = JSON.stringify(plain);
    const known = alike.get(key);
    if (known === undefined) {
      alike.set(key, { machines: [machine], ...plain });
    } else {
      known.machines.push(machine);
    }
  }
  return { ...others, meta: meta.map(plainChange), changed: [...alike.values()] };
}

function machineChanges({
  fields,
  tags,
  roles,
}: MachineDifference): Omit<MachineChanges, "machines"> {
  return {
    fields: fields.map(plainChange),
    tagsGained: tags.gained,
    tagsLost: tags.lost,
    rolesGained: roles.gained.map(roleText),
    rolesLost: roles.lost.map(roleText),
    rolesChanged: roles.changed.map((role) => ({
      role: roleText(role),
      changes: roleChanges(role),
    })),
  };
}

function roleText({ instance, role }: RoleName): string {
  return `${instance}.${role}`;
}

function roleChanges({ module, settings, extraModules }: RoleDifference): readonly Change[] {
  return [
    ...(module === undefined
      ? []
      : [
          plainChange({
            path: ["module"],
            before: { ...module.before },
            after: { ...module.after },
          }),
        ]),
    ...settings.map(plainChange),
    ...(extraModules === undefined
      ? []
      : [plainChange({ path: ["extraModules"], ...extraModules })]),
  ];
}

function plainChange({ path, before, after }: ChangeOfData): Change {
  return {
    path: writePath(path),
    before: before === undefined ? undefined : showValue(before),
    after: after === undefined ? undefined : showValue(after),
  };
}
