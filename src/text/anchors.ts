import type { Span } from "../model/source.js";
import { lineStart } from "./lines.js";
import type { Name } from "./syntax.js";
import { readYamlSyntax } from "./yaml-syntax.js";

/** An anchor, and the aliases that mean it, each with its sign. */
export interface Anchor extends Span {
  readonly name: string;
  readonly aliases: readonly Span[];
  /** Absent where another anchor has the name too. */
  readonly value?: Span;
}

/** How far before an offset the sign is looked for: names are shorter. */
const maxName = 1000;

/** The anchor that is at an offset, or that the alias there means; none in a text with mistakes. */
export function anchorAt(text: string, offset: number): Anchor | undefined {
  const start = Math.max(lineStart(text, offset), offset - maxName);
  const isLikely = /[&*][^\s,[\]{}]*$/.test(text.slice(start, offset + 1));
  const syntax = isLikely ? readYamlSyntax(text) : undefined;
  if (syntax === undefined) {
    return undefined;
  }
  const { anchors, aliases, anchored } = syntax;
  const isHere = ({ start, end }: Span) => start <= offset && offset <= end;
  const alias = aliases.find(isHere);
  const anchor = alias === undefined ? anchors.find(isHere) : anchorOf(alias, anchors);
  if (anchor === undefined) {
    return undefined;
  }
  const value = anchored.get(anchor.name);
  const homonyms = anchors.filter(({ name }) => name === anchor.name);
  const isOnly = homonyms.length === 1;
  const end = homonyms.find(({ start }) => start > anchor.start)?.start ?? text.length;
  return {
    ...anchor,
    aliases: aliases.filter(
      ({ name, start }) => name === anchor.name && start > anchor.start && start <= end,
    ),
    ...(value !== undefined && isOnly && { value: { start: value.content, end: value.end } }),
  };
}

/** The last of the name before the alias. */
function anchorOf({ name, start }: Name, anchors: readonly Name[]): Name | undefined {
  let found: Name | undefined;
  for (const anchor of anchors) {
    found = anchor.name === name && anchor.start < start ? anchor : found;
  }
  return found;
}
