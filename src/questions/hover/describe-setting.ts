import { describeSetting } from "../../catalogue/describe-service.js";
import { clipped } from "../../diagnostics/words.js";
import type { Layer } from "../../model/inventory.js";
import { getOrInsertComputed } from "../../model/maps.js";
import type { Path } from "../../model/origin.js";
import { writePath } from "../../model/setting-path.js";
import { inlineData } from "../../model/setting-schema.js";
import { defaultOrder, defaultPriority } from "../../model/value.js";
import { definitionsOf } from "../../module-system/merge-definitions.js";
import { settle } from "../../module-system/settle.js";
import { code, paragraphs } from "../../text/markdown.js";
import { explainMaps } from "../explain-settings.js";
import type { DefinitionExplanation, Fate, SettingExplanation } from "../explanation.js";
import { placesIn } from "../places-in.js";
import type { SettingPlace } from "../setting-place.js";
import type { View } from "../view.js";
import { namesText } from "./name-list.js";
import { serviceNameOf } from "./service-name.js";

/** Members whose layers differ are shown apart, up to so many of them. */
const mostGroups = 3;

/** UTF-16 units of a value. */
const maxValue = 500;

/** Of the definitions of a setting, more are no help. */
const mostDefinitions = 20;

/** What a setting does, and which value it has on the members that a layer is about. */
export function describeSettingAt(view: View, setting: SettingPlace): string | undefined {
  const { instance, role, path } = setting;
  const service = serviceNameOf(view, instance);
  const about = describeSetting(view.catalogue, service, role, path);
  const groups = groupsOf(view, setting);
  const shown = groups
    .slice(0, mostGroups)
    .map(([layers, machines]) => describeValue(view, setting, layers, machines));
  return paragraphs([
    about && `${code(writePath(path))}\n\n${about.text}`,
    ...shown,
    groups.length > mostGroups ? "Other members have other layers." : undefined,
  ]);
}

/** The members of the role that have the layer, those with the same layers together. */
function groupsOf(
  { inventory }: View,
  { instance, role, layer }: SettingPlace,
): readonly (readonly [readonly Layer[], readonly string[]])[] {
  const groups = new Map<readonly Layer[], string[]>();
  for (const [machine, layers] of inventory?.members.get(instance)?.get(role) ?? []) {
    if (layers.some(({ kind, name }) => kind === layer.kind && name === layer.name)) {
      getOrInsertComputed(groups, layers, () => []).push(machine);
    }
  }
  return [...groups];
}

function describeValue(
  view: View,
  { instance, role, path }: SettingPlace,
  layers: readonly Layer[],
  machines: readonly string[],
): string | undefined {
  const explained = explanationAt(view, { instance, role }, path, layers, machines[0]!);
  if (explained === undefined) {
    return undefined;
  }
  const { value, definitions, undecided } = explained;
  const on = `On ${namesText(machines)}`;
  const result = value === undefined ? "" : `: ${code(clipped(inlineData(value), maxValue))}`;
  const rest = definitions.length - mostDefinitions;
  const lines = [
    ...definitions.slice(0, mostDefinitions).map((definition) => `- ${definitionText(definition)}`),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ];
  return paragraphs([
    `${on}${result}${undecided ? " (Nix decides)" : ""}`,
    definitions.length > 1 ? lines.join("\n") : undefined,
  ]);
}

/** Of the setting, or of the one around it that is explained. */
function explanationAt(
  view: View,
  { instance, role }: Pick<SettingPlace, "instance" | "role">,
  path: Path,
  layers: readonly Layer[],
  machine: string,
): SettingExplanation | undefined {
  const merged = view.inventory!.settings.get(instance)!.get(role)!.get(machine)!;
  const all = explainMaps(definitionsOf(layers), [], {
    settled: settle(merged),
    rangeOf: placesIn(view).rangeOf,
  });
  for (let length = path.length; length > 0; length--) {
    const wanted = writePath(path.slice(0, length));
    const found = all.find((other) => writePath(other.path) === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function definitionText({ layer, value, priority, order, fate }: DefinitionExplanation): string {
  const by = layer.kind === "role" ? "the role" : `${layer.kind} ${code(layer.name)}`;
  const properties = [
    ...(priority === defaultPriority ? [] : [`priority ${priority}`]),
    ...(order === defaultOrder ? [] : [`order ${order}`]),
  ];
  return `${[`${fates[fate]} ${by}`, ...properties].join(", ")}: ${code(clipped(inlineData(value), maxValue))}`;
}

const fates: { readonly [fate in Fate]: string } = {
  won: "from",
  merged: "merged from",
  lost: "lost: from",
  off: "condition is false: from",
};
