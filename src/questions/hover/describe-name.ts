import { describeService } from "../../catalogue/describe-service.js";
import type { ResolvedInventory, Tag } from "../../model/inventory.js";
import { predefinedTags } from "../../model/machine-fields.js";
import { sortedEntries, sortedNames } from "../../model/name-order.js";
import { isPattern, meansTag } from "../../model/pattern.js";
import { code, paragraphs } from "../../text/markdown.js";
import { explainMachine } from "../explain.js";
import type { MemberReason } from "../explanation.js";
import type { NamePlace } from "../name-at.js";
import { placesIn } from "../places-in.js";
import type { RolePath } from "../setting-place.js";
import type { View } from "../view.js";
import { counted, namesText } from "./name-list.js";
import { serviceNameOf } from "./service-name.js";

/** What is known of a machine, a tag or an instance; `undefined` where there is none of the name. */
export function describeName(view: View, { kind, name, path }: NamePlace): string | undefined {
  const { inventory } = view;
  if (inventory === undefined) {
    return undefined;
  }
  switch (kind) {
    case "machine":
      return describeMachine(view, inventory, name);
    case "tag":
      return path[0] === "tags" && path.length > 2 && isPattern(name)
        ? describePattern(inventory, name, String(path[1]))
        : describeTag(inventory, name);
    case "instance":
      return describeInstance(view, inventory, name);
  }
}

function describeMachine(
  view: View,
  inventory: ResolvedInventory,
  name: string,
): string | undefined {
  const explained = explainMachine(inventory, { machine: name }, placesIn(view));
  if ("mistake" in explained) {
    return undefined;
  }
  const { class: machineClass, tags, memberships } = explained;
  const description = inventory.inventory.machines.get(name)?.fields.description;
  const roles = memberships.map(
    ({ instance, role, reasons }) =>
      `- ${code(`${instance}.${role}`)} ${reasons.map(reasonText).join(", ")}`,
  );
  return paragraphs([
    `Machine ${code(name)}, ${machineClass}`,
    description === undefined ? undefined : String(description),
    `Tags: ${namesText(tags.map(({ tag }) => tag))}`,
    roles.length === 0 ? "It has no role." : `Roles:\n\n${roles.join("\n")}`,
  ]);
}

function reasonText(reason: MemberReason): string {
  return reason.kind === "name" ? "by its name" : `by tag ${code(reason.tag)}`;
}

function describeTag(inventory: ResolvedInventory, tag: string): string | undefined {
  const holders = holdersOf(inventory, tag);
  const definition = inventory.inventory.tags.get(tag);
  if (holders.length === 0 && definition === undefined) {
    return undefined;
  }
  const own = holders.filter((machine) =>
    inventory.inventory.machines.get(machine)?.tags.includes(tag),
  );
  return paragraphs([
    `Tag ${code(tag)} of ${counted(holders.length, "machine")}`,
    holders.length === 0 ? undefined : namesText(holders),
    definition === undefined
      ? predefinedTags.includes(tag)
        ? `Predefined: every ${tag === "all" ? "" : `${tag} `}machine has it.`
        : undefined
      : definitionText(definition),
    own.length === 0 || own.length === holders.length
      ? undefined
      : `Of their own: ${namesText(own)}`,
  ]);
}

function holdersOf({ machineTags }: ResolvedInventory, tag: string): readonly string[] {
  return sortedNames(machineTags.keys()).filter((machine) => machineTags.get(machine)!.has(tag));
}

function definitionText(tag: Tag): string {
  if (tag.kind === "static") {
    return `Listed under ${code("tags")}: ${namesText(tag.machines.map(({ value }) => value))}`;
  }
  const start =
    tag.anyOf === undefined
      ? "every machine"
      : `machines with any of ${namesText(tag.anyOf.map(({ value }) => value))}`;
  const steps = [
    ["with all of", tag.allOf],
    ["without any of", tag.noneOf],
    ["and also", tag.machines],
    ["except", tag.except],
  ] as const;
  const further = steps.flatMap(([words, names]) =>
    names === undefined || names.length === 0
      ? []
      : [`${words} ${namesText(names.map(({ value }) => value))}`],
  );
  return `Computed: ${[start, ...further].join(", ")}`;
}

function describePattern({ machineTags }: ResolvedInventory, pattern: string, self: string) {
  const all = new Set([...machineTags.values()].flatMap((tags) => [...tags]));
  const meant = sortedNames(all).filter((tag) => meansTag(pattern, tag, self));
  return meant.length === 0
    ? `Pattern ${code(pattern)} means no tag.`
    : `Pattern ${code(pattern)} means ${counted(meant.length, "tag")}: ${namesText(meant)}`;
}

function describeInstance(
  view: View,
  { inventory }: ResolvedInventory,
  name: string,
): string | undefined {
  const instance = inventory.instances.get(name);
  if (instance === undefined) {
    return undefined;
  }
  const service = serviceNameOf(view, name);
  const roles = sortedEntries(instance.roles).map(
    ([role]) => `- ${code(role)}: ${describeMembers(view, { instance: name, role })}`,
  );
  return paragraphs([
    `Instance ${code(name)} of service ${code(service.name)} from ${code(service.input!)}`,
    roles.join("\n"),
    describeService(view.catalogue, service)?.text,
  ]);
}

/** `2 machines: a, b` */
export function describeMembers({ inventory }: View, { instance, role }: RolePath): string {
  const names = [...(inventory?.members.get(instance)?.get(role)?.keys() ?? [])];
  return names.length === 0
    ? "no machine"
    : `${counted(names.length, "machine")}: ${namesText(names)}`;
}
