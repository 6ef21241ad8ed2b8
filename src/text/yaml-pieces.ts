import { maxErrors } from "../diagnostics/budget.js";
import type { Limits } from "../model/options.js";
import {
  type BlockList,
  type BlockMap,
  type ComposedDocument,
  composeTokens,
  type Node,
  plainKey,
  readDocuments,
  type Token,
  type Watch,
} from "./yaml-nodes.js";
import { Problems } from "./yaml-problems.js";
import type { Walk } from "./yaml-walk.js";

/**
 * From how many characters on a text is read in pieces, of how many words, of maps and lists with
 * at least so many items.
 */
export interface PieceSize {
  readonly text: number;
  readonly words: number;
  readonly items: number;
}

/**
 * The number of words is a prime, or pieces might all end at the same place of a line, where
 * nothing can be taken.
 */
export const usualPieces: PieceSize = { text: 2 ** 19, words: 4099, items: 32 };

/** How many words may wait for their end: their nodes take some hundred bytes each. */
const mostWords = 2 ** 20;

export interface Composition {
  /** What no piece took of them; none where the reading was ended. */
  readonly documents: readonly ComposedDocument[];
  readonly problems: Problems;
  readonly stop?: Stop | undefined;
}

/**
 * Why the reading was ended, and where. `findings`: enough is found already. `package`: it gave up.
 */
export interface Stop {
  readonly reason: "depth" | "words" | "findings" | "package";
  readonly offset: number;
}

/**
 * Makes nodes of a text, and lets `walk` take what is finished of a long one
 * while the parser goes on: nodes take some fifty times the memory of their text.
 */
export function compose(text: string, limits: Limits, size: PieceSize, walk: Walk): Composition {
  const problems = new Problems(text);
  let stop: Stop | undefined;
  // A directive may give tags another meaning.
  const hasPieces = text.length >= size.text && !/^%/m.test(text);
  let waiting = 0;
  const watch: Watch = (unfinished) => {
    stop = findStop(unfinished, ++waiting, limits);
    if (stop !== undefined || !hasPieces || waiting % size.words !== 0) {
      return stop === undefined;
    }
    const enough = waiting < size.words * 16 ? size.items : 1;
    if (takeFinished(unfinished, enough, walk, problems)) {
      waiting = 0;
    }
    if (walk.isExhausted || problems.count >= maxErrors) {
      stop = { reason: "findings", offset: 0 };
    }
    return stop === undefined;
  };
  const documents = readDocuments(text, watch);
  if (documents === undefined) {
    return { documents: [], problems, stop: stop ?? { reason: "package", offset: 0 } };
  }
  for (const document of documents) {
    problems.add(document);
  }
  return { documents, problems };
}

/** The parser does not recurse, the composer does: it gets the tree only when the document ends. */
function findStop(unfinished: readonly Token[], waiting: number, limits: Limits): Stop | undefined {
  const tooDeep =
    unfinished.length > limits.depth ? unfinished.filter(isCollection)[limits.depth] : undefined;
  if (tooDeep !== undefined) {
    return { reason: "depth", offset: tooDeep.offset };
  }
  if (waiting <= mostWords) {
    return undefined;
  }
  const longest =
    unfinished.find(({ type }) => type === "flow-collection") ?? unfinished[1] ?? unfinished[0];
  return { reason: "words", offset: longest?.offset ?? 0 };
}

function isCollection({ type }: Token): boolean {
  return type === "block-map" || type === "block-seq" || type === "flow-collection";
}

/**
 * Lets `walk` take the finished items of unfinished maps and lists, outermost
 * first, since aliases look back, down to the last that has enough of them; a
 * marker stands for them from then on. Answers whether there were any.
 */
function takeFinished(
  unfinished: readonly Token[],
  enough: number,
  walk: Walk,
  problems: Problems,
): boolean {
  const blocks: Block[] = [];
  // An anchor or tag is about the whole, which is not there yet. The top may still change its last
  // but one item.
  let isBare = unfinished[0]?.type === "document" && !unfinished[0].start.some(isProperty);
  for (const token of unfinished.slice(1, -1)) {
    if (!isBare || !isBlock(token)) {
      break;
    }
    blocks.push(token);
    const { start, key, sep = [] } = lastItem(token);
    isBare = ![...start, ...sep].some(isProperty) && plainKey(key) !== undefined;
  }
  while (blocks.length > 0 && blocks.at(-1)!.items.length <= enough) {
    blocks.pop();
  }
  let hasTaken = false;
  for (const [depth, block] of blocks.entries()) {
    const end = startOf(lastItem(block));
    if (end === undefined) {
      break;
    }
    // The first of them may be the marker.
    if (block.items.length > 2) {
      hasTaken = true;
    }
    const length = block.items.length < 2 ? 0 : takeItems(block, end, depth, walk, problems);
    walk.enter(depth, block.type === "block-map" ? (plainKey(lastItem(block).key) ?? "") : length);
  }
  return hasTaken;
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

/** Where an item starts of which the parser has seen anything. */
function startOf({ start, key, sep }: BlockMap["items"][number]): number | undefined {
  return (start[0] ?? key ?? sep?.[0])?.offset;
}

/** Leaves the last item, which starts at `end`. Answers how long a list is that was taken. */
function takeItems(
  block: Block,
  end: number,
  depth: number,
  walk: Walk,
  problems: Problems,
): number {
  const { type, indent, offset: start, items } = block;
  const taken = { type, indent, offset: start, items: items.splice(0, items.length - 1) } as Block;
  const [document] = composeTokens(
    [{ type: "document", offset: start, start: [], value: taken }],
    end,
  );
  problems.add(document!);
  // What is broken means nothing, and nothing is asked of its meaning.
  const { marker: source, length } = problems.areOfSyntax
    ? { marker: "", length: 0 }
    : walk.take(document!.contents as Node, depth);
  // It ends where the next item starts: the package measures from there how long a key is.
  const offset = end - source.length - 1;
  const marker: Token = { type: "scalar", offset, indent, source };
  if (block.type === "block-map") {
    const colon: Token = { type: "map-value-ind", offset: end - 1, indent, source: ":" };
    block.items.unshift({
      start: [{ type: "space", offset, indent, source: "" }],
      key: marker,
      sep: [colon],
    });
  } else {
    block.items.unshift({
      start: [{ type: "seq-item-ind", offset: offset - 1, indent, source: "-" }],
      value: marker,
    });
  }
  return length;
}
