import type { OutlineSymbol } from "../questions/symbols.js";
import type { Places } from "./places.js";
import { type DocumentSymbol, SymbolKind } from "./protocol.js";

/** A part of an outline with all that is in it; parts nest as deep as members of roles. */
export function toDocumentSymbol(symbol: OutlineSymbol, places: Places): DocumentSymbol {
  const { name, detail, kind, range, selectionRange, children } = symbol;
  return {
    name,
    kind: kinds[kind],
    range: places.range(range),
    selectionRange: places.range(selectionRange),
    ...(detail !== undefined && { detail }),
    children: children.map((child) => toDocumentSymbol(child, places)),
  };
}

const kinds: { readonly [kind in OutlineSymbol["kind"]]: SymbolKind } = {
  section: SymbolKind.Namespace,
  machine: SymbolKind.Object,
  tag: SymbolKind.EnumMember,
  instance: SymbolKind.Class,
  role: SymbolKind.Interface,
  member: SymbolKind.Field,
};
