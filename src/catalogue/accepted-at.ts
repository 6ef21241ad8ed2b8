import { isDataMap } from "../model/data.js";
import type { Path } from "../model/origin.js";
import {
  type Accepted,
  acceptedBy,
  isSchema,
  keywordOf,
  partsOf,
  type Schema,
  schemaAt,
  schemaList,
} from "../model/setting-schema.js";

/** How many schemas may still be looked at; negative once there were more. */
export interface Steps {
  left: number;
}

/**
 * What a schema accepts at a path; `undefined` where it says nothing of it, or the steps end. Special
 * forms on the way are left out.
 */
export function acceptedAt(root: Schema, path: Path, steps: Steps): Accepted | undefined {
  const schemas = schemasAlong(root, path, steps);
  if (schemas.length === 0) {
    return undefined;
  }
  const accepted = schemas.map((schema) => acceptedBy(schema, root));
  return {
    types: accepted.flatMap(({ types }) => types),
    values: accepted.flatMap(({ values }) => values),
  };
}

/** The schemas for what is at a path, one of which it must match; none where the steps end. */
export function schemasAlong(root: Schema, path: Path, steps: Steps): readonly Schema[] {
  let schemas: ReadonlySet<Schema> = new Set([root]);
  for (const key of path) {
    schemas = new Set([...schemas].flatMap((schema) => schemasInside(schema, key, root, steps)));
    if (schemas.size === 0 || steps.left < 0) {
      return [];
    }
  }
  return [...schemas];
}

function schemasInside(
  schema: Schema,
  key: string | number,
  root: Schema,
  steps: Steps,
): readonly Schema[] {
  const parts = partsOf(schema, root);
  steps.left -= parts.length;
  return parts.flatMap((part) => {
    const inside = typeof key === "number" ? itemAt(part, key) : propertyAt(part, key);
    return inside === undefined ? [] : [inside];
  });
}

function itemAt(schema: Schema, index: number): Schema | undefined {
  return schemaList(schema, "prefixItems")[index] ?? schemaAt(schema, "items");
}

function propertyAt(schema: Schema, key: string): Schema | undefined {
  const properties = keywordOf(schema, "properties");
  const property =
    isDataMap(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  return isSchema(property) ? property : schemaAt(schema, "additionalProperties");
}
