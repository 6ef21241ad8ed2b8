import { isDataMap, type Data } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import { FileContents, Float, If, isList, isMap, Merge, Order, Override, PathValue, RawNix, Reference, type Value } from "./inventory.js";
import { acceptedBy, alternativesOf, bounds, isSchema, keywordOf, listedValues, numberOf, referenceOf, schemaAt, schemaList, type Accepted, type Schema } from "./setting-schema.js";
import type { Origin, Path } from "./source.js";

/** Something in a value that its schema does not allow. */
export type Mismatch = UnknownKey | WrongValue;

export interface UnknownKey {
  readonly kind: "unknown";
  /** Keys and indices from the root of the value, through special forms. */
  readonly path: Path;
  /** Of the key. */
  readonly origin: Origin;
  /** The keys that there are instead. */
  readonly known: readonly string[];
}

export interface WrongValue {
  readonly kind: "wrong";
  readonly path: Path;
  readonly origin: Origin;
  readonly expected: Accepted;
  readonly found: Value;
}

/**
 * Everything in `value` that `schema` does not allow. Special forms count as
 * what they hold, or as whatever is asked for where only Nix knows that.
 */
export function findMismatches(value: Value, schema: Schema, origin: Origin): readonly Mismatch[] {
  return matchForms({ value, path: [], origin }, schema, schema);
}

interface Spot {
  readonly value: Value;
  readonly path: Path;
  readonly origin: Origin;
}

function matchForms(spot: Spot, schema: Schema, root: Schema): readonly Mismatch[] {
  const { value } = spot;
  if (value instanceof Reference || value instanceof RawNix) return [];
  if (value instanceof If && !value.condition) return [];
  if (value instanceof Override || value instanceof Order || value instanceof If) {
    return matchForms({ ...spot, value: value.content, origin: value.origin }, schema, root);
  }
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) => matchForms({ ...spot, value: content, origin: value.origin.at(index) }, schema, root));
  }
  return match(spot, schema, root);
}

function match(spot: Spot, schema: Schema, root: Schema): readonly Mismatch[] {
  if (schema === true) return [];
  if (!acceptsOutermost(spot.value, schema)) return [wrong(spot, acceptedBy(schema, root))];
  const reference = referenceOf(schema, root);
  const alternatives = alternativesOf(schema);
  const results = [
    reference === undefined ? [] : match(spot, reference, root),
    ...schemaList(schema, "allOf").map((part) => match(spot, part, root)),
    alternatives.length === 0 ? [] : matchAny(spot, alternatives, root),
    matchParts(spot, schema, root),
  ];
  return results.flat();
}

/** What `type`, `enum`, `const` and bounds of this very schema say. */
function acceptsOutermost(value: Value, schema: Schema): boolean {
  if (schema === false) return false;
  const type = keywordOf(schema, "type");
  if (type !== undefined && !hasType(value, type)) return false;
  const values = listedValues(schema);
  if (values !== undefined && !values.some((listed) => isAmong(value, listed))) return false;
  const number = numberOf(value);
  if (number === undefined) return true;
  const { least = -Infinity, most = Infinity } = bounds(schema);
  return number >= least && number <= most;
}

function hasType(value: Value, type: Data): boolean {
  const types = typesOf(value);
  return Array.isArray(type) ? type.some((one: Data) => types.includes(one)) : types.includes(type);
}

/** Matches the alternative that comes nearest: one that fits from outside, wrong at the deepest place, then in the fewest. */
function matchAny(spot: Spot, alternatives: readonly Schema[], root: Schema): readonly Mismatch[] {
  const results: (readonly Mismatch[])[] = [];
  for (const alternative of alternatives) {
    const mismatches = match(spot, alternative, root);
    if (mismatches.length === 0) return [];
    if (depth(mismatches) > spot.path.length) results.push(mismatches);
  }
  const [nearest] = results.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return nearest ?? [wrong(spot, acceptedBy({ anyOf: alternatives as readonly Data[] }, root))];
}

function depth(mismatches: readonly Mismatch[]): number {
  return Math.min(...mismatches.map(({ path }) => path.length));
}

function matchParts({ value, path, origin }: Spot, schema: Schema, root: Schema): readonly Mismatch[] {
  const part = (key: string | number, inner: Value, of: Schema) => matchForms({ value: inner, path: [...path, key], origin: origin.at(key) }, of, root);
  if (isList(value)) {
    const first = schemaList(schema, "prefixItems");
    const rest = schemaAt(schema, "items") ?? true;
    return value.flatMap((item, index) => part(index, item, first[index] ?? rest));
  }
  if (!isMap(value)) return [];
  const properties = keywordOf(schema, "properties");
  const known = isDataMap(properties) ? properties : {};
  const rest = keywordOf(schema, "patternProperties") === undefined ? (schemaAt(schema, "additionalProperties") ?? true) : true;
  return Object.keys(value).flatMap((key) => {
    const property = Object.hasOwn(known, key) ? known[key] : rest;
    if (property !== false) return isSchema(property) ? part(key, value[key]!, property) : [];
    return [{ kind: "unknown", path: [...path, key], origin: origin.at(key).asKey(), known: Object.keys(known) } satisfies UnknownKey];
  });
}

function wrong({ value, path, origin }: Spot, expected: Accepted): WrongValue {
  return { kind: "wrong", path, origin, expected, found: value };
}

/** The types of JSON Schema that a value without a form around it has. */
function typesOf(value: Value): readonly Data[] {
  if (value === null) return ["null"];
  if (typeof value === "boolean") return ["boolean"];
  if (typeof value === "string" || value instanceof PathValue || value instanceof FileContents) return ["string"];
  if (typeof value === "bigint" || Number.isInteger(value)) return ["integer", "number"];
  if (typeof value === "number" || value instanceof Float) return ["number"];
  return isList(value) ? ["array"] : ["object"];
}

/** A path or the text of a file may be any string. */
function isAmong(value: Value, listed: Data): boolean {
  if (value instanceof PathValue || value instanceof FileContents) return typeof listed === "string";
  return fingerprint(value) === fingerprint(listed);
}
