import { valueAt } from "../model/data.js";
import { Origin } from "../model/origin.js";
import { isPattern, meansTag } from "../model/pattern.js";
import type { Range } from "../model/source.js";
import { anchorRanges } from "./anchor-ranges.js";
import { type NamePlace, nameIn, namesIn, rangeOfName } from "./name-at.js";
import { type SourcePlace, wordAt } from "./place-at.js";
import type { At, View } from "./view.js";

/**
 * Where the name under the cursor is defined: a machine or instance where it is declared, a tag there
 * and on the machines that have it as their own, the value that `!value` names under `values`. A
 * pattern leads to all tags that it means, an alias to its anchor.
 */
export function definition(view: View, at: At): readonly Range[] {
  const anchored = anchorRanges(view, at);
  if (anchored !== undefined) {
    return [anchored.anchor];
  }
  const place = wordAt(view, at);
  const name = place && nameIn(view, place);
  if (name !== undefined) {
    return definitionsOf(view, name);
  }
  return place === undefined ? [] : namedValue(view, place);
}

function definitionsOf(view: View, of: NamePlace): readonly Range[] {
  const declared: Range[] = [];
  const onMachines: Range[] = [];
  for (const place of namesIn(view)) {
    if (place.kind !== of.kind || !isMeant(of, place.name)) {
      continue;
    }
    const isOwnTag = place.kind === "tag" && place.path[0] === "machines";
    const range = place.isDeclaration || isOwnTag ? rangeOfName(view, place) : undefined;
    if (range !== undefined) {
      (isOwnTag ? onMachines : declared).push(range);
    }
  }
  return [...declared, ...onMachines];
}

function isMeant({ kind, name, path }: NamePlace, other: string): boolean {
  return kind === "tag" && path[0] === "tags" && path.length > 2 && isPattern(name)
    ? meansTag(name, other, String(path[1]))
    : name === other;
}

function namedValue(view: View, { source, path, part }: SourcePlace): readonly Range[] {
  const document = [...view.lastRead].find(([{ name }]) => name === source.name)?.[1];
  const name = part === "value" && path.at(-1) === "$value" ? valueAt(document?.value, path) : "";
  if (typeof name !== "string" || name === "") {
    return [];
  }
  return [...view.lastRead].flatMap(([source, document]) => {
    const isHere = valueAt(document?.value, ["values", name]) !== undefined;
    const range = isHere && view.rangeOf(Origin.root(source).at("values").keyAt(name));
    return range ? [range] : [];
  });
}
