import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { unquote } from "./document.js";

/** Where in the inventory the cursor is. */
export interface Place {
  /** Of the map or list around a key, of the value itself for a value. Items count as 0. */
  readonly path: readonly (string | number)[];
  readonly kind: "key" | "value";
  /** Where the word begins that is being typed. */
  readonly from: number;
  /** The other keys of its map. */
  readonly siblings: ReadonlySet<string>;
  /** Whether keys need quotes, and entries commas: JSON. */
  readonly isJson: boolean;
}

/**
 * Finds the place by indentation and brackets, because what is being typed has
 * no syntax tree yet; `undefined` in comments and texts of several lines.
 */
export function placeAt(state: EditorState, position: number): Place | undefined {
  const node = syntaxTree(state).resolveInner(position, -1);
  if (["Comment", "BlockLiteral", "BlockLiteralContent"].includes(node.name)) {
    return undefined;
  }
  const isJson = syntaxTree(state).topNode.name === "JsonText";
  if (isJson) {
    return bracketPlace(state.sliceDoc(0, position), 0, [], isJson);
  }
  const bracket = outermostBracket(state, position);
  const line = readLine(state.doc.lineAt(bracket ?? position).text);
  const start = state.doc.lineAt(bracket ?? position).from;
  const opening =
    bracket ??
    (/^[[{]/.test(line.rest) && start + line.restColumn < position
      ? start + line.restColumn
      : undefined);
  if (opening !== undefined) {
    return bracketPlace(
      state.sliceDoc(opening, position),
      opening,
      ownPath(state, opening),
      isJson,
    );
  }
  return linePlace(state, position);
}

/** Where the outermost `{…}` or `[…]` around a position opens. */
function outermostBracket(state: EditorState, position: number): number | undefined {
  let opening: number | undefined;
  for (
    let node = syntaxTree(state).resolveInner(position, -1);
    node.parent !== null;
    node = node.parent
  ) {
    if ((node.name === "FlowMapping" || node.name === "FlowSequence") && node.from < position) {
      opening = node.from;
    }
  }
  return opening;
}

interface Element {
  readonly column: number;
  readonly key: string | number;
}

/** A line of YAML: its dashes and its key, and what follows. */
function readLine(text: string): {
  readonly elements: readonly Element[];
  readonly rest: string;
  readonly restColumn: number;
} {
  const elements: Element[] = [];
  let column = /^ */.exec(text)![0].length;
  for (
    let dash = /^-( +|$)/.exec(text.slice(column));
    dash !== null;
    dash = /^-( +|$)/.exec(text.slice(column))
  ) {
    elements.push({ column, key: 0 });
    column += dash[0].length;
  }
  const key = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#&*!{}[\],"'][^#]*?) *:( +|$)/.exec(
    text.slice(column),
  );
  if (key !== null) {
    elements.push({ column, key: unquote(key[1]!) });
    column += key[0].length;
  }
  return { elements, rest: text.slice(column), restColumn: column };
}

/** A place outside of brackets. */
function linePlace(state: EditorState, position: number): Place | undefined {
  const line = state.doc.lineAt(position);
  const before = line.text.slice(0, position - line.from);
  if (/(^|\s)#/.test(before)) {
    return undefined;
  }
  const { elements, rest, restColumn } = readLine(before);
  const key = elements.at(-1)?.key;
  if (typeof key === "string") {
    const from = line.from + restColumn + /^(?:[&!][^\s]* +)*/.exec(rest)![0].length;
    return {
      path: [...parents(state, line.number, elements[0]!), ...elements.map(({ key }) => key)],
      kind: "value",
      from,
      siblings: new Set(),
      isJson: false,
    };
  }
  const own = { column: restColumn, key: "" };
  const path = [
    ...parents(state, line.number, elements[0] ?? own),
    ...elements.map(({ key }) => key),
  ];
  return {
    path,
    kind: "key",
    from: line.from + restColumn,
    siblings: blockSiblings(state, line.number, restColumn),
    isJson: false,
  };
}

/** The path of a value that opens with a bracket at this position. */
function ownPath(state: EditorState, opening: number): readonly (string | number)[] {
  const line = state.doc.lineAt(opening);
  const { elements } = readLine(line.text.slice(0, opening - line.from));
  return elements.length === 0
    ? []
    : [...parents(state, line.number, elements[0]!), ...elements.map(({ key }) => key)];
}

/** The keys and dashes that a line's first element is below. */
function parents(state: EditorState, number: number, first: Element): readonly (string | number)[] {
  const path: (string | number)[] = [];
  let { column, key } = first;
  for (let above = number - 1; above > 0 && (column > 0 || key === 0); above--) {
    const { text } = state.doc.line(above);
    if (/^\s*(#|$)/.test(text)) {
      continue;
    }
    for (const element of [...readLine(text).elements].reverse()) {
      // Dashes may be below the first letter of their key.
      if (
        element.column > column ||
        (element.column === column && !(key === 0 && element.key !== 0))
      ) {
        continue;
      }
      path.unshift(element.key);
      ({ column, key } = element);
    }
  }
  return path;
}

function blockSiblings(state: EditorState, number: number, column: number): ReadonlySet<string> {
  const siblings = new Set<string>();
  for (const step of [-1, 1]) {
    for (let at = number + step; at > 0 && at <= state.doc.lines; at += step) {
      const { text } = state.doc.line(at);
      if (/^\s*(#|$)/.test(text)) {
        continue;
      }
      const last = readLine(text).elements.at(-1);
      if (/^ */.exec(text)![0].length < column) {
        break;
      }
      if (last?.column === column && typeof last.key === "string") {
        siblings.add(last.key);
      }
    }
  }
  return siblings;
}

interface Bracket {
  readonly isMap: boolean;
  readonly siblings: Set<string>;
  /** The key whose value comes now. */
  key: string | undefined;
}

/** A place inside of brackets: `text` starts with the outermost one. */
function bracketPlace(
  text: string,
  offset: number,
  base: readonly (string | number)[],
  isJson: boolean,
): Place | undefined {
  const open: Bracket[] = [];
  let word = { from: text.length, text: "" };
  for (const { 0: token, index } of text.matchAll(
    /"(?:[^"\\]|\\.)*"?|'[^']*'?|(?<!\S)#.*|[[\]{},]|:(?=[\s,[\]{}"]|$)|(?:[^\s[\]{},:"'#]|:(?=\S)|(?<=\S)#)(?:[^[\]{},:\n]|:(?=[^\s,[\]{}]))*/g,
  )) {
    const top = open.at(-1);
    if (token.startsWith("#") && index + token.length === text.length) {
      return undefined;
    }
    if (token === "{" || token === "[") {
      open.push({ isMap: token === "{", siblings: new Set(), key: undefined });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === "," && top) {
      top.key = undefined;
    } else if (token === ":" && top) {
      top.siblings.add((top.key = unquote(word.text.trim())));
    }
    const isWord = !/^[[\]{},:#]/.test(token);
    word =
      isWord && index + token.length === text.length
        ? { from: index, text: token }
        : { from: text.length, text: token };
  }
  const top = open.at(-1);
  if (top === undefined) {
    return undefined;
  }
  const path = [...base, ...open.slice(0, -1).map(({ isMap, key }) => (isMap ? (key ?? "") : 0))];
  const from = offset + word.from + /^(?:!\S* +)*/.exec(text.slice(word.from))![0].length;
  if (!top.isMap) {
    return { path: [...path, 0], kind: "value", from, siblings: new Set(), isJson };
  }
  if (top.key !== undefined) {
    return { path: [...path, top.key], kind: "value", from, siblings: new Set(), isJson };
  }
  return { path, kind: "key", from, siblings: top.siblings, isJson };
}
