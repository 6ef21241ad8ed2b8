import { inventorySchema } from "../generated/package.js";
import type { DataMap } from "../model/data.js";
import type { Path } from "../model/origin.js";
import {
  type Accepted,
  acceptedBy,
  describeSchema,
  ownOrReferred,
  partsOf,
  type Schema,
  schemasAt,
} from "../model/setting-schema.js";
import { schemasAlong } from "./accepted-at.js";

/** A part of the fixed shape of inventories, as the schema describes it. */
export interface ShapePart extends Accepted {
  /** One line. */
  readonly summary: string;
  /** Markdown. */
  readonly text: string | undefined;
}

/** What may be at a path; `undefined` where the shape ends, as in settings. */
export function shapeAt(path: Path): ShapePart | undefined {
  const root = JSON.parse(inventorySchema) as DataMap;
  const [schema] = schemasAlong(root, path, { left: 1000 });
  return schema === undefined ? undefined : describePart(schema, root);
}

/** The keys that the map at a path may have, except for names that the user chooses. */
export function shapeKeysAt(path: Path): ReadonlyMap<string, ShapePart> {
  const root = JSON.parse(inventorySchema) as DataMap;
  const keys = new Map<string, ShapePart>();
  for (const schema of schemasAlong(root, path, { left: 1000 })) {
    for (const part of partsOf(schema, root)) {
      for (const [key, inside] of schemasAt(part, "properties")) {
        keys.set(key, describePart(inside, root));
      }
    }
  }
  return keys;
}

function describePart(schema: Schema, root: Schema): ShapePart {
  const text = ownOrReferred(schema, "description", root);
  return {
    ...acceptedBy(schema, root),
    summary: describeSchema(schema, root),
    text: typeof text === "string" ? text : undefined,
  };
}
