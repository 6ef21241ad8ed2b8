import { getOrInsertComputed } from "../../model/maps.js";

/**
 * Tags in the order in which they were added. The same list, however it came about, is one object:
 * lists form a tree, in which each tag leads from one to a longer one.
 */
export class TagList {
  /** The first list with one more tag; most have no other, and need no map. */
  private next: TagList | undefined;
  private others: Map<string, TagList> | undefined;
  private set: ReadonlySet<string> | undefined;

  /** Without arguments, the empty list. */
  constructor(
    readonly shorter?: TagList,
    readonly last = "",
  ) {}

  /** The list with one more tag. */
  and(tag: string): TagList {
    this.next ??= new TagList(this, tag);
    if (this.next.last === tag) {
      return this.next;
    }
    this.others ??= new Map();
    return getOrInsertComputed(this.others, tag, () => new TagList(this, tag));
  }

  get asSet(): ReadonlySet<string> {
    this.set ??= setOf(this);
    return this.set;
  }
}

function setOf(list: TagList): ReadonlySet<string> {
  const tags: string[] = [];
  for (let at = list; at.shorter !== undefined; at = at.shorter) {
    tags.push(at.last);
  }
  return new Set(tags.reverse());
}
