import type { Limits } from "../options.js";
import type { Locator } from "./yaml-locator.js";
import { composeTokens, isBlank, isMergeKey, plainKey, readDocuments, YAMLMap, type BlockList, type BlockMap, type Node, type Token, type Watch } from "./yaml-nodes.js";
import { Walk, type Reading } from "./yaml-walk.js";

/** From how many characters on a text is read in pieces, of how many words, of maps and lists with at least so many items. */
export interface PieceSize {
  readonly text: number;
  readonly words: number;
  readonly items: number;
}

export const usualPieces: PieceSize = { text: 2 ** 19, words: 2 ** 12, items: 32 };

/**
 * What a text says of which there is nothing to report; `undefined` where the
 * whole must be looked at. The nodes of a text take some fifty times its
 * memory, so what the parser has finished becomes data while it goes on.
 */
export function readInPieces(text: string, limits: Limits, size: PieceSize, locator?: Locator): Reading | undefined {
  // A directive may give tags another meaning.
  if (/^%/m.test(text)) return undefined;
  let hasFindings = false;
  const walk = new Walk(text, 0, limits, () => (hasFindings = true), locator);
  const isClean = () => !hasFindings && !walk.needsWhole;
  let words = 0;
  const takePieces: Watch = (unfinished) => {
    const isTaken = ++words % size.words !== 0 || takeFinished(unfinished, walk, size.items);
    return isTaken && isClean() && unfinished.length <= limits.depth;
  };
  const root = onlyRoot(readDocuments(text, takePieces));
  const reading = root === undefined ? undefined : walk.read(root);
  return isClean() ? reading : undefined;
}

/** The root of a lone document without errors. */
function onlyRoot(documents: ReturnType<typeof readDocuments>): Node | undefined {
  const [only, ...others] = documents ?? [];
  if (only === undefined || others.length > 0 || only.errors.length > 0 || only.warnings.length > 0) return undefined;
  const root = only.contents as Node | null;
  return root === null || isBlank(root) ? undefined : root;
}

/**
 * Lets `walk` take the finished items of unfinished maps and lists, outermost
 * first, since aliases look back, down to the last that has enough of them; a
 * marker stands for them from then on. Answers whether all of them could be taken.
 */
function takeFinished(unfinished: readonly Token[], walk: Walk, enough: number): boolean {
  const blocks: Block[] = [];
  // An anchor or tag is about the whole, which is not there yet. The top may still change its last but one item.
  let isBare = unfinished[0]?.type === "document" && !unfinished[0].start.some(isProperty);
  for (const token of unfinished.slice(1, -1)) {
    if (!isBare || !isBlock(token)) break;
    blocks.push(token);
    const { start, key, sep = [] } = lastItem(token);
    isBare = ![...start, ...sep].some(isProperty) && plainKey(key) !== undefined;
  }
  while (blocks.length > 0 && blocks.at(-1)!.items.length <= enough) blocks.pop();
  return blocks.every((block, depth) => {
    const length = block.items.length < 2 ? 0 : takeItems(block, depth, walk);
    if (length === undefined) return false;
    walk.enter(depth, block.type === "block-map" ? (plainKey(lastItem(block).key) ?? "") : length);
    return true;
  });
}

type Block = BlockMap | BlockList;

function isBlock(token: Token): token is Block {
  return token.type === "block-map" || token.type === "block-seq";
}

function isProperty({ type }: Token): boolean {
  return type === "anchor" || type === "tag";
}

function lastItem({ items }: Block): BlockMap["items"][number] {
  return items.at(-1) as BlockMap["items"][number];
}

/** Leaves the last item. Answers how long a list is that was taken; `undefined` where it could not be. */
function takeItems(block: Block, depth: number, walk: Walk): number | undefined {
  const { type, indent, items } = block;
  const next = lastItem(block);
  const end = (next.start[0] ?? next.key ?? next.sep?.[0])?.offset;
  const taken = { type, indent, offset: block.offset, items: items.splice(0, items.length - 1) } as Block;
  const root = onlyRoot(composeTokens([{ type: "document", offset: block.offset, start: [], value: taken }], end ?? 0));
  // Entries that are merged give way to all others, also to those to come.
  if (end === undefined || root === undefined || (root instanceof YAMLMap && root.items.some(({ key }) => isMergeKey(key)))) return undefined;
  const { marker: source, length } = walk.take(root, depth);
  // It ends where the next item starts: the package measures from there how long a key is.
  const offset = end - source.length - 1;
  const marker: Token = { type: "scalar", offset, indent, source };
  if (block.type === "block-map") {
    const colon: Token = { type: "map-value-ind", offset: end - 1, indent, source: ":" };
    block.items.unshift({ start: [{ type: "space", offset, indent, source: "" }], key: marker, sep: [colon] });
  } else {
    block.items.unshift({ start: [{ type: "seq-item-ind", offset: offset - 1, indent, source: "-" }], value: marker });
  }
  return length;
}
