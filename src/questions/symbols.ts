import type { DataMap } from "../model/data.js";
import { type Data, isDataMap, valueAt } from "../model/data.js";
import type { Path } from "../model/origin.js";
import type { Range, Source, Span } from "../model/source.js";
import type { WrittenEntry } from "../model/written-tree.js";
import type { View } from "./view.js";

export type SymbolKind = "section" | "machine" | "tag" | "instance" | "role" | "member";

/** A part of an inventory in the outline of a source. */
export interface OutlineSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** What it is about, in few words. */
  readonly detail?: string;
  /** All of it. */
  readonly range: Range;
  /** Its name. */
  readonly selectionRange: Range;
  readonly children: readonly OutlineSymbol[];
}

/** What a kind of symbol has inside: under which keys, and of which kind. */
const insides: {
  readonly [kind in SymbolKind]: { readonly [key: string]: SymbolKind | undefined };
} = {
  section: {},
  machine: {},
  tag: {},
  instance: { roles: "role" },
  role: { machines: "member", tags: "member" },
  member: {},
};

const sections: { readonly [key: string]: SymbolKind | undefined } = {
  machines: "machine",
  tags: "tag",
  instances: "instance",
};

/** The outline of the source with a name, in the order of its text. */
export function symbols(view: View, sourceName: string): readonly OutlineSymbol[] {
  const [source, document] = [...view.lastRead].find(([{ name }]) => name === sourceName) ?? [];
  const root = document?.tree();
  if (source === undefined || root === undefined) {
    return [];
  }
  const outline = new Outline(view, source, document!.value);
  return root.entries().flatMap((entry) => {
    const name = entry.step();
    const kind = typeof name === "string" ? sections[name] : undefined;
    const children = kind === undefined ? [] : outline.symbolsIn(entry, [name!], kind);
    return typeof name === "string" ? outline.symbol(entry, name, "section", children) : [];
  });
}

class Outline {
  constructor(
    private readonly view: View,
    private readonly source: Source,
    private readonly value: Data,
  ) {}

  /** What is in the value of an entry, which is at a path: its keys, or its items. */
  symbolsIn(around: WrittenEntry, path: Path, kind: SymbolKind): readonly OutlineSymbol[] {
    const symbols: OutlineSymbol[] = [];
    for (const entry of around.value?.entries() ?? []) {
      const step = entry.step();
      const inside = step === undefined ? undefined : valueAt(this.value, [...path, step]);
      const name = typeof step === "number" ? inside : step;
      if (typeof name !== "string" || step === undefined) {
        continue;
      }
      const children = (entry.value?.entries() ?? []).flatMap((part) => {
        const key = part.step();
        const kindInside = typeof key === "string" ? insides[kind][key] : undefined;
        return kindInside === undefined
          ? []
          : this.symbolsIn(part, [...path, step, key!], kindInside);
      });
      for (const symbol of this.symbol(entry, name, kind, children, detailOf(kind, inside))) {
        symbols.push(symbol);
      }
    }
    return symbols;
  }

  /** None where the line is not in the text as it is. */
  symbol(
    { key, value }: WrittenEntry,
    name: string,
    kind: SymbolKind,
    children: readonly OutlineSymbol[],
    detail?: string,
  ): readonly OutlineSymbol[] {
    const selected = key ?? value!;
    const whole = { start: selected.start, end: Math.max(selected.end, value?.end ?? 0) };
    const range = this.rangeOf(whole);
    const selectionRange = this.rangeOf({ start: selected.start, end: selected.end });
    return range === undefined || selectionRange === undefined
      ? children
      : [{ name, kind, ...(detail !== undefined && { detail }), range, selectionRange, children }];
  }

  private rangeOf({ start, end }: Span): Range | undefined {
    return this.view.rangeOf({ source: this.source, start, end });
  }
}

function detailOf(kind: SymbolKind, value: Data | undefined): string | undefined {
  const map: DataMap = isDataMap(value) ? value : {};
  if (kind === "machine") {
    return typeof map["description"] === "string" ? map["description"] : undefined;
  }
  const module = kind === "instance" ? map["module"] : undefined;
  const name = isDataMap(module) ? module["name"] : module;
  return typeof name === "string" ? name : undefined;
}
