import type { Path, Span } from "../source.js";
import { Alias, isForm, isMergeKey, isPlain, keyText, spanOf, YAMLMap, YAMLSeq, type Entry, type MapNode, type Node } from "./yaml-nodes.js";

/** Finds what stands at a path. */
export class Locator {
  private readonly indices = new Map<MapNode, ReadonlyMap<string, Entry>>();

  constructor(
    private readonly text: string,
    private readonly root: Node,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  locate(path: Path, isKey: boolean): Span {
    let node: Node | null = this.root;
    let span = spanOf(node, this.text);
    let isInsideForm = false;
    for (const [index, key] of path.entries()) {
      const target = this.resolve(node);
      if (!isInsideForm && target !== null && isForm(target) && `$${target.tag!.slice(1)}` === key) {
        isInsideForm = true;
        continue;
      }
      isInsideForm = false;
      const entry = target instanceof YAMLMap ? this.find(target, String(key)) : undefined;
      const item: Node | undefined = target instanceof YAMLSeq && typeof key === "number" ? target.items[key] : undefined;
      if (entry === undefined && item === undefined) break;
      node = entry === undefined ? item! : entry.value;
      const isKeyMeant = entry !== undefined && ((isKey && index === path.length - 1) || node === null || isEmptyScalar(node));
      span = spanOf(isKeyMeant ? entry.key : node, this.text);
    }
    return span;
  }

  private find(map: MapNode, key: string): Entry | undefined {
    const index = this.indexOf(map);
    const entry = index.get(key);
    const merge = index.get("<<");
    if ((entry !== undefined && entry !== merge) || merge === undefined || !isMergeKey(merge.key)) return entry;
    const source = this.resolve(merge.value);
    for (const node of source instanceof YAMLSeq ? source.items : [source]) {
      const target = this.resolve(node);
      const found = target instanceof YAMLMap ? this.find(target, key) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private indexOf(map: MapNode): ReadonlyMap<string, Entry> {
    const known = this.indices.get(map);
    if (known !== undefined) return known;
    const index = new Map(map.items.map((entry) => [keyText(entry.key, this.targets)!, entry]));
    this.indices.set(map, index);
    return index;
  }

  private resolve(node: Node | null): Exclude<Node, Alias> | null {
    return (node instanceof Alias ? this.targets.get(node)! : node) as Exclude<Node, Alias> | null;
  }
}

function isEmptyScalar(node: Node): boolean {
  return isPlain(node) && node.value === "";
}
