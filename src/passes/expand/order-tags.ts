import type { Report } from "../../diagnostics/diagnostic.js";
import { tagCycle } from "../../diagnostics/meaning-messages.js";
import type { Selector } from "../../model/inventory.js";
import { getOrInsertComputed, mapValues } from "../../model/maps.js";
import type { Needs } from "./select-machines.js";

/**
 * The computed tags, each after those it needs; those on a cycle, or behind one, are reported and
 * left out.
 */
export function orderTags(
  needs: ReadonlyMap<string, Needs>,
  selectors: ReadonlyMap<string, Selector>,
  report: Report,
): readonly string[] {
  const waiting = mapValues(
    needs,
    ({ anyOf, allOf, noneOf }) =>
      new Set([...anyOf, ...allOf, ...noneOf].filter((tag) => needs.has(tag))),
  );
  const neededBy = new Map<string, string[]>();
  for (const [tag, needed] of waiting) {
    for (const other of needed) {
      getOrInsertComputed(neededBy, other, () => []).push(tag);
    }
  }
  const order = [...waiting].filter(([, needed]) => needed.size === 0).map(([tag]) => tag);
  for (const tag of order) {
    for (const other of neededBy.get(tag) ?? []) {
      const needed = waiting.get(other)!;
      needed.delete(tag);
      if (needed.size === 0) {
        order.push(other);
      }
    }
  }
  for (const cycle of cycles(new Map([...waiting].filter(([, needed]) => needed.size > 0)))) {
    report(
      tagCycle(
        selectors.get(cycle[0]!)!.origin,
        cycle,
        cycle.slice(1).map((tag) => ({ tag, place: selectors.get(tag)!.origin })),
      ),
    );
  }
  return order;
}

/**
 * One cycle for each knot of tags that need each other, starting at the tag that was defined first.
 */
function cycles(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  for (const start of waiting.keys()) {
    const walk = new Map<string, number>();
    const path: string[] = [];
    for (let tag: string = start; ; ) {
      if (walk.has(tag)) {
        found.push(path.slice(walk.get(tag)));
        break;
      }
      if (seen.has(tag)) {
        break;
      }
      seen.add(tag);
      walk.set(tag, path.length);
      path.push(tag);
      tag = [...waiting.get(tag)!].find((needed) => waiting.has(needed))!;
    }
  }
  return found;
}
