import { getOrInsertComputed, mapValues } from "./maps.js";

export interface NeedOrder {
  /** The names, each after those it needs, without those on a cycle or behind one. */
  readonly order: readonly string[];
  /** One cycle for each knot of names that need each other, starting at the first of them. */
  readonly cycles: readonly (readonly string[])[];
}

/** Orders names by what they need; needed names that are no key are left out. */
export function orderByNeed(needs: ReadonlyMap<string, Iterable<string>>): NeedOrder {
  const waiting = mapValues(
    needs,
    (needed) => new Set([...needed].filter((name) => needs.has(name))),
  );
  const neededBy = new Map<string, string[]>();
  for (const [name, needed] of waiting) {
    for (const other of needed) {
      getOrInsertComputed(neededBy, other, () => []).push(name);
    }
  }
  const order = [...waiting].filter(([, needed]) => needed.size === 0).map(([name]) => name);
  for (const name of order) {
    for (const other of neededBy.get(name) ?? []) {
      const needed = waiting.get(other)!;
      needed.delete(name);
      if (needed.size === 0) {
        order.push(other);
      }
    }
  }
  const left = new Map([...waiting].filter(([, needed]) => needed.size > 0));
  return { order, cycles: cyclesIn(left) };
}

function cyclesIn(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  for (const start of waiting.keys()) {
    const walk = new Map<string, number>();
    const path: string[] = [];
    for (let name: string = start; ; ) {
      if (walk.has(name)) {
        found.push(path.slice(walk.get(name)));
        break;
      }
      if (seen.has(name)) {
        break;
      }
      seen.add(name);
      walk.set(name, path.length);
      path.push(name);
      name = [...waiting.get(name)!].find((needed) => waiting.has(needed))!;
    }
  }
  return found;
}
