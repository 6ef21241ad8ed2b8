import { circularReference, danglingReference } from "../diagnostics/setting-messages.js";
import { invalidType, notAllowedValue } from "../diagnostics/shape-messages.js";
import type { Data } from "../model/data.js";
import type { Origin } from "../model/origin.js";
import {
  alternativesOf,
  isSchema,
  referenceOf,
  requiredBeside,
  type Schema,
} from "../model/setting-schema.js";
import { type Context, mapOf } from "./catalogue-data.js";

const typeNames = ["null", "boolean", "integer", "number", "string", "array", "object"];
const mapsOfSchemas = ["$defs", "definitions", "properties"];
const listsOfSchemas = ["oneOf", "anyOf", "allOf", "prefixItems"];
const schemas = ["items", "additionalProperties"];

/** Reports what is wrong with the keywords that are heeded. */
export function checkSchema(data: Data, root: Data, origin: Origin, context: Context): void {
  if (!isSchema(data)) {
    return context.report(invalidType(origin, ["object"], data));
  }
  if (typeof data === "boolean") {
    return;
  }
  for (const keyword of Object.keys(data)) {
    const value = data[keyword]!;
    const at = origin.at(keyword);
    if (keyword === "$ref") {
      checkReference(data, root as Schema, at, context);
    }
    if (keyword === "type") {
      checkType(value, at, context);
    }
    if (keyword === "enum" && !Array.isArray(value)) {
      context.report(invalidType(at, ["array"], value));
    }
    if (schemas.includes(keyword)) {
      checkSchema(value, root, at, context);
    }
    if (mapsOfSchemas.includes(keyword)) {
      mapOf(value, at, context, (schema, at) => checkSchema(schema, root, at, context));
    }
    if (!listsOfSchemas.includes(keyword)) {
      continue;
    }
    if (Array.isArray(value)) {
      value.forEach((schema: Data, index) => checkSchema(schema, root, at.at(index), context));
    } else {
      context.report(invalidType(at, ["array"], value));
    }
  }
}

function checkReference(
  schema: Schema,
  root: Schema,
  origin: Origin,
  { report, counts }: Context,
): void {
  if (referenceOf(schema, root) === undefined) {
    report(danglingReference(origin));
  } else if (countBeside(schema, root, new Set(), counts) > maxBeside) {
    report(circularReference(origin, maxBeside));
  }
}

/**
 * How many schemas may lead to each other for one value: looking through them takes that much of
 * the stack, at every level of it.
 */
const maxBeside = 20;

/**
 * The length of the longest chain of schemas from this one on; infinite where one leads back to those
 * `above`, or where those are too many.
 */
function countBeside(
  schema: Schema,
  root: Schema,
  above: Set<Schema>,
  counts: Map<Schema, number>,
): number {
  const known = counts.get(schema);
  if (known !== undefined) {
    return known;
  }
  if (above.has(schema) || above.size >= maxBeside) {
    return Infinity;
  }
  above.add(schema);
  const beside = [...requiredBeside(schema, root), ...alternativesOf(schema)].map((other) =>
    countBeside(other, root, above, counts),
  );
  above.delete(schema);
  const count = 1 + beside.reduce((max, other) => Math.max(max, other), 0);
  counts.set(schema, count);
  return count;
}

function checkType(data: Data, origin: Origin, { report }: Context): void {
  for (const type of [data].flat() as readonly Data[]) {
    if (typeof type !== "string") {
      report(invalidType(origin, ["string"], type));
    } else if (!typeNames.includes(type)) {
      report(notAllowedValue(origin, type, typeNames));
    }
  }
}
