import { type ResolvedInventory, type Selector, type Tag, tagOrigin } from "../model/inventory.js";
import { sortedNames } from "../model/name-order.js";
import type { Located, Origin } from "../model/origin.js";
import { isPattern, meansTag } from "../model/pattern.js";
import type { RangeOf, TagExplanation, TagReason } from "./explanation.js";

export function explainTags(
  { inventory, machineTags, tags }: ResolvedInventory,
  machine: string,
  rangeOf: RangeOf,
): readonly TagExplanation[] {
  const declared = inventory.machines.get(machine);
  const carried = machineTags.get(machine)!;
  // Of a tag that is there twice, the first.
  const ownTags = new Map(declared?.tags.map((tag, index) => [tag, index] as const).reverse());
  return sortedNames(carried).map((tag) => {
    const own = ownTags.get(tag);
    const isListed = tags.get(tag)?.includes(machine) === true;
    const reasons: readonly Reason[] = [
      ...(own !== undefined ? [{ kind: "own", origin: tagOrigin(declared!, own) } as const] : []),
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
      const other = isPattern(value)
        ? [...carried].find((other) => meansTag(value, other, tag))
        : value;
      return other === undefined || !carried.has(other) ? [] : [{ kind, origin, tag: other }];
    });
  const every: readonly Reason[] =
    selector.anyOf === undefined ? [{ kind: "every", origin: selector.origin }] : [];
  return [...every, ...matching("anyOf"), ...matching("allOf")];
}
