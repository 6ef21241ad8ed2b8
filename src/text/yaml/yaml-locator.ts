import { type Data, type DataMap, isDataMap } from "../../model/data.js";
import { getOrInsertComputed } from "../../model/maps.js";
import type { Path } from "../../model/origin.js";
import type { Span } from "../../model/source.js";
import { isList } from "../../model/value.js";
import { type Entry, isPlain, keySpanOf, type Node, spanOf } from "./yaml-nodes.js";

/**
 * Keeps where everything in maps and lists is, and finds what is at a
 * path. Nodes are not kept: maps and lists go by the data that became of them,
 * so that aliases lead to what they refer to.
 */
export class Locator {
  /**
   * `start, end` for each item of a list; `key, start, end, start, end` for each entry of a map.
   */
  private readonly places = new Map<Data, (string | number)[]>();
  /** Of maps that were asked for: where in their places those of a key start. */
  private readonly indices = new Map<Data, ReadonlyMap<string, number>>();
  /** A list of the root alone. */
  private readonly roots: Data[] = [];

  constructor(private readonly text: string) {}

  addRoot(value: Data, node: Node): void {
    this.roots.push(value);
    this.addItem(this.roots, node);
  }

  addItem(list: Data, node: Node): void {
    const { start, end } = spanOf(node, this.text);
    this.placesIn(list).push(start, end);
  }

  addEntry(map: Data, key: string, entry: Entry): void {
    const atKey = keySpanOf(entry.key, this.text);
    const { start, end } =
      entry.value === null || isEmptyScalar(entry.value) ? atKey : spanOf(entry.value, this.text);
    this.placesIn(map).push(key, atKey.start, atKey.end, start, end);
  }

  /** Adds those entries of `source` that `map` lacks; before it gets them. */
  addMerged(map: DataMap, source: DataMap): void {
    const places = this.placesIn(map);
    const merged = this.placesIn(source);
    for (let at = 0; at < merged.length; at += 5) {
      if (!Object.hasOwn(map, merged[at]!)) {
        for (let part = at; part < at + 5; part++) {
          places.push(merged[part]!);
        }
      }
    }
  }

  locate(path: Path, isKey: boolean): Span {
    let data: Data = this.roots;
    let span: Span = { start: 0, end: 0 };
    for (const [index, key] of [0, ...path].entries()) {
      const inside = valueAt(data, key);
      if (inside === undefined) {
        break;
      }
      span = this.spanIn(data, key, isKey && index === path.length) ?? span;
      data = inside;
    }
    return span;
  }

  /** None for what is in a special form that was a tag: the form itself is there. */
  private spanIn(data: Data, key: string | number, isKey: boolean): Span | undefined {
    const places = this.places.get(data);
    if (places === undefined) {
      return undefined;
    }
    const at = isList(data)
      ? 2 * Number(key)
      : this.indexOf(data, places).get(String(key))! + (isKey ? 1 : 3);
    return { start: places[at] as number, end: places[at + 1] as number };
  }

  private indexOf(map: Data, places: readonly (string | number)[]): ReadonlyMap<string, number> {
    return getOrInsertComputed(this.indices, map, () => {
      const starts = new Map<string, number>();
      for (let at = 0; at < places.length; at += 5) {
        starts.set(places[at] as string, at);
      }
      return starts;
    });
  }

  private placesIn(data: Data): (string | number)[] {
    return getOrInsertComputed(this.places, data, () => []);
  }
}

function valueAt(data: Data, key: string | number): Data | undefined {
  if (isList(data)) {
    return typeof key === "number" ? data[key] : undefined;
  }
  return isDataMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}

function isEmptyScalar(node: Node): boolean {
  return isPlain(node) && node.value === "";
}
