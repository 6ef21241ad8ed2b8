/** Something that may be written at a place, before it is known how. */
export interface Offer {
  readonly label: string;
  readonly kind: OfferKind;
  /** What it becomes: a key of a map, an item of a list, or the value itself. */
  readonly as: "key" | "item" | "value";
  /** What the value of a key is. */
  readonly shape?: Shape | undefined;
  /** What is written of a value where it is not the label as a string. */
  readonly text?: string;
  /** Lower ones come first. */
  readonly rank: number;
  readonly detail?: string;
  /** Markdown. */
  readonly describe?: () => string | undefined;
}

export type OfferKind =
  | "key"
  | "machine"
  | "tag"
  | "instance"
  | "service"
  | "input"
  | "role"
  | "setting"
  | "value"
  | "form"
  | "path";

/** What the value of a key is; of two that it may be, the usual one first. */
export type Shape = "map" | "list" | "mapOrList" | "listOrMap" | "scalar";

/** How to write a key whose value has one of these types of JSON Schema. */
export function shapeOf(types: readonly string[]): Shape {
  const kinds = types.filter((type) => type !== "null");
  const isMap = kinds.includes("object");
  const isList = kinds.includes("array");
  if (kinds.length !== Number(isMap) + Number(isList) || kinds.length === 0) {
    return "scalar";
  }
  return isMap ? (isList ? "mapOrList" : "map") : "list";
}
