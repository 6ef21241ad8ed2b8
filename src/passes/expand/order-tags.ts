import type { Report } from "../../diagnostics/diagnostic.js";
import { tagCycle } from "../../diagnostics/meaning-messages.js";
import type { Selector } from "../../model/inventory.js";
import { mapValues } from "../../model/maps.js";
import { orderByNeed } from "../../model/order-by-need.js";
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
  const { order, cycles } = orderByNeed(
    mapValues(needs, ({ anyOf, allOf, noneOf }) => [...anyOf, ...allOf, ...noneOf]),
  );
  for (const cycle of cycles) {
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
