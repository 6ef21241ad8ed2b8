import { isDataMap, valueAt } from "../model/data.js";
import type { Layer, Members, ResolvedInventory } from "../model/inventory.js";
import { getOrInsertComputed } from "../model/maps.js";
import { Origin, type Path } from "../model/origin.js";
import type { Position, Range, Source } from "../model/source.js";
import { definitionsOf } from "../module-system/merge-definitions.js";
import { settle } from "../module-system/settle.js";
import { explainMaps } from "./explain-settings.js";
import type { DefinitionExplanation } from "./explanation.js";
import { counted, namesText } from "./hover/name-list.js";
import { occurrencesIn } from "./occurrences.js";
import { placesIn } from "./places-in.js";
import type { View } from "./view.js";

/** A few words that an editor shows inside of a text. */
export interface Inlay {
  readonly position: Position;
  readonly label: string;
  /** Markdown. */
  readonly tooltip?: string;
}

/**
 * What the text of a source leads to: the members of a role, the machines that a tag chooses, and which
 * settings give way to others.
 */
export function inlays(view: View, sourceName: string): readonly Inlay[] {
  const { inventory } = view;
  const [source, document] = [...view.lastRead].find(([{ name }]) => name === sourceName) ?? [];
  if (inventory === undefined || source === undefined || document === undefined) {
    return [];
  }
  const notes = [
    ...memberNotes(view, inventory, source),
    ...tagNotes(view, inventory, source),
    ...settingNotes(view, inventory, sourceName),
  ];
  return notes.sort((a, b) => a.position.offset - b.position.offset);
}

function* memberNotes(view: View, inventory: ResolvedInventory, source: Source): Generator<Inlay> {
  const root = view.lastRead.get(source)!.value;
  for (const [instance, roles] of inventory.members) {
    for (const [role, members] of roles) {
      const path = ["instances", instance, "roles", role];
      if (isDataMap(valueAt(root, path))) {
        yield* machinesNote(view, { source, path, isKey: true }, [...members.keys()]);
      }
    }
  }
}

/** Behind computed tags, and where roles and selectors name a tag. */
function* tagNotes(view: View, inventory: ResolvedInventory, source: Source): Generator<Inlay> {
  const holders = new Map<string, string[]>();
  for (const [machine, tags] of inventory.machineTags) {
    for (const tag of tags) {
      getOrInsertComputed(holders, tag, () => []).push(machine);
    }
  }
  for (const { kind, name, path, isKey } of occurrencesIn(view.lastRead.get(source)!.value)) {
    const isComputed = inventory.inventory.tags.get(name)?.kind === "computed";
    const isDefinition = path[0] === "tags" && path.length === 2 && isComputed;
    if (kind === "tag" && (path[0] === "instances" || isDefinition) && holders.has(name)) {
      yield* machinesNote(view, { source, path, isKey }, holders.get(name)!);
    }
  }
}

/** None where the line is not in the text as it is. */
function* machinesNote(
  view: View,
  {
    source,
    path,
    isKey,
  }: { readonly source: Source; readonly path: Path; readonly isKey: boolean },
  machines: readonly string[],
): Generator<Inlay> {
  const origin = Origin.root(source).to(path);
  const range = view.rangeOf(isKey ? origin.asKey() : origin);
  if (range !== undefined) {
    const label = machines.length === 1 ? machines[0]! : counted(machines.length, "machine");
    const tooltip = machines.length > 1 ? { tooltip: namesText(machines) } : {};
    yield { position: range.end, label: machines.length === 0 ? "no machine" : label, ...tooltip };
  }
}

/** A definition of a setting, and on how many members it wins over others or loses to them. */
interface Contest {
  readonly range: Range;
  won: number;
  lost: number;
  /** One that it wins over or loses to, if there is any. */
  other: DefinitionExplanation | undefined;
}

/** Without priorities all layers have a say. */
const mayOverride = /mk(?:Force|Default|Override)|_type/;

function* settingNotes(
  view: View,
  inventory: ResolvedInventory,
  sourceName: string,
): Generator<Inlay> {
  if (![...view.lastRead.keys()].some(({ text }) => mayOverride.test(text))) {
    return;
  }
  const { rangeOf } = placesIn(view);
  for (const [instance, roles] of inventory.members) {
    for (const [role, members] of roles) {
      const settings = inventory.settings.get(instance)!.get(role)!;
      const contests = new Map<string, Contest>();
      for (const [layers, { machine, count }] of byLayers(members)) {
        const settled = settle(settings.get(machine)!);
        for (const { definitions } of explainMaps(definitionsOf(layers), [], {
          settled,
          rangeOf,
        })) {
          addContests(contests, definitions, count);
        }
      }
      for (const contest of contests.values()) {
        if (contest.range.source === sourceName) yield* contestNotes(contest);
      }
    }
  }
}

/** The layers that there are, with how many members have them and one of those. */
function byLayers(members: Members) {
  const groups = new Map<readonly Layer[], { readonly machine: string; count: number }>();
  for (const [machine, layers] of members) {
    const known = groups.get(layers);
    if (known !== undefined) known.count++;
    else groups.set(layers, { machine, count: 1 });
  }
  return groups;
}

function addContests(
  contests: Map<string, Contest>,
  definitions: readonly DefinitionExplanation[],
  members: number,
): void {
  const winner = definitions.find(({ fate }) => fate === "won" || fate === "merged");
  const loser = definitions.find(({ fate }) => fate === "lost");
  for (const { range, fate } of definitions) {
    // A line that has changed since has no range.
    if (range === undefined || fate === "off") continue;
    const isLost = fate === "lost";
    const contest = getOrInsertComputed(contests, `${range.source} ${range.start.offset}`, () => ({
      range,
      won: 0,
      lost: 0,
      other: undefined,
    }));
    contest[isLost ? "lost" : "won"] += members;
    contest.other ??= isLost ? winner : loser;
  }
}

function contestNotes({ range, won, lost, other }: Contest): readonly Inlay[] {
  if (other === undefined) {
    return [];
  }
  const { layer } = other;
  const by = layer.kind === "role" ? "the role" : `${layer.kind} ${layer.name}`;
  const label =
    lost === 0
      ? `wins over ${by}`
      : won === 0
        ? `overridden by ${by}`
        : `overridden on ${lost} of ${counted(won + lost, "machine")}`;
  return [{ position: range.end, label }];
}
