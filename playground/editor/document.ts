import type { SyntaxNode, Tree } from "@lezer/common";

/**
 * What a syntax tree of YAML or JSON says, as far as it can be read while it is being typed: maps,
 * lists and texts.
 */
export function readDocument(tree: Tree, text: string): unknown {
  return readValue(tree.topNode, text);
}

function readValue(node: SyntaxNode, text: string): unknown {
  const source = text.slice(node.from, node.to);
  switch (node.name) {
    case "BlockMapping":
    case "FlowMapping":
      return readMap(node.getChildren("Pair"), "Key", text);
    case "Object":
      return readMap(node.getChildren("Property"), "PropertyName", text);
    case "BlockSequence":
    case "FlowSequence":
      return node
        .getChildren("Item")
        .map((item) => (item.firstChild === null ? null : readLast(item, text)));
    case "Array":
      return children(node)
        .filter(({ type }) => !type.isError && /^[A-Z]/.test(type.name))
        .map((item) => readValue(item, text));
    case "QuotedLiteral":
    case "String":
    case "PropertyName":
      return unquote(source);
    case "Literal":
      return ["", "~", "null"].includes(source) ? null : source;
    default:
      return readLast(node, text);
  }
}

/** The value is what comes last: after a key's colon, a tag, an anchor or a dash. */
function readLast(node: SyntaxNode, text: string): unknown {
  const last = children(node)
    .filter(
      ({ type }) =>
        !type.isError &&
        type.name.length > 1 &&
        !["Comment", "Key", "PropertyName"].includes(type.name),
    )
    .at(-1);
  return last === undefined ? null : readValue(last, text);
}

function readMap(
  pairs: readonly SyntaxNode[],
  keyName: string,
  text: string,
): Record<string, unknown> {
  const map: Record<string, unknown> = Object.create(null);
  for (const pair of pairs) {
    const key = pair.getChild(keyName);
    if (key !== null) {
      map[unquote(text.slice(key.from, key.to))] = readLast(pair, text);
    }
  }
  return map;
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    found.push(child);
  }
  return found;
}

/** Escapes stay as they are: names have none. */
export function unquote(source: string): string {
  return /^(["']).*\1$/s.test(source) ? source.slice(1, -1) : source.replace(/^["']/, "");
}
