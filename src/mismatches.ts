import { isDataMap, type Data } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import { FileContents, Float, If, isList, isMap, isSpecial, Merge, Order, Override, PathValue, type Value } from "./inventory.js";
import { acceptedBy, alternativesOf, bounds, isSchema, keywordOf, listedValues, numberOf, referenceOf, schemaAt, schemaList, type Accepted, type Schema } from "./setting-schema.js";
import { Origin, type Path } from "./source.js";

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
  const found: Mismatch[] = [];
  matchForms({ value, path: Origin.root(origin.document), origin }, schema, schema, (mismatch) => found.push(mismatch));
  return found;
}

/** A value, and how it was come to: most are right, so that paths are spelt out only where one is not. */
interface Spot {
  readonly value: Value;
  readonly path: Origin;
  readonly origin: Origin;
}

type OnMismatch = (mismatch: Mismatch) => void;

function matchForms(spot: Spot, schema: Schema, root: Schema, report: OnMismatch): void {
  const { value } = spot;
  if (!isSpecial(value)) match(spot, schema, root, report);
  else if (value instanceof Override || value instanceof Order || (value instanceof If && value.condition)) {
    matchForms({ ...spot, value: value.content, origin: value.origin }, schema, root, report);
  } else if (value instanceof Merge) {
    value.contents.forEach((content, index) => matchForms({ ...spot, value: content, origin: value.origin.at(index) }, schema, root, report));
  } else if (value instanceof PathValue || value instanceof FileContents) match(spot, schema, root, report);
}

function match(spot: Spot, schema: Schema, root: Schema, report: OnMismatch): void {
  if (schema === true) return;
  if (!acceptsOutermost(spot.value, schema)) {
    report(wrong(spot, acceptedBy(schema, root)));
    return;
  }
  const reference = referenceOf(schema, root);
  if (reference !== undefined) match(spot, reference, root, report);
  for (const part of schemaList(schema, "allOf")) match(spot, part, root, report);
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) matchAny(spot, alternatives, root).forEach(report);
  matchParts(spot, schema, root, report);
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
  const one = typeOf(value);
  const isOneOf = (type: Data) => type === one || (type === "number" && one === "integer");
  return Array.isArray(type) ? type.some(isOneOf) : isOneOf(type);
}

/** Matches the alternative that comes nearest: one that fits from outside, wrong at the deepest place, then in the fewest. */
function matchAny(spot: Spot, alternatives: readonly Schema[], root: Schema): readonly Mismatch[] {
  const results: (readonly Mismatch[])[] = [];
  for (const alternative of alternatives) {
    const mismatches: Mismatch[] = [];
    match(spot, alternative, root, (mismatch) => mismatches.push(mismatch));
    if (mismatches.length === 0) return [];
    if (depth(mismatches) > spot.path.path.length) results.push(mismatches);
  }
  const [nearest] = results.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return nearest ?? [wrong(spot, acceptedBy({ anyOf: alternatives as readonly Data[] }, root))];
}

function depth(mismatches: readonly Mismatch[]): number {
  return Math.min(...mismatches.map(({ path }) => path.length));
}

function matchParts({ value, path, origin }: Spot, schema: Schema, root: Schema, report: OnMismatch): void {
  const part = (key: string | number, inner: Value, of: Schema) => matchForms({ value: inner, path: path.at(key), origin: origin.at(key) }, of, root, report);
  if (isList(value)) {
    const first = schemaList(schema, "prefixItems");
    const rest = schemaAt(schema, "items") ?? true;
    value.forEach((item, index) => part(index, item, first[index] ?? rest));
    return;
  }
  if (!isMap(value)) return;
  const properties = keywordOf(schema, "properties");
  const known = isDataMap(properties) ? properties : {};
  const rest = keywordOf(schema, "patternProperties") === undefined ? (schemaAt(schema, "additionalProperties") ?? true) : true;
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(known, key) ? known[key] : rest;
    if (property === false) report({ kind: "unknown", path: path.at(key).path, origin: origin.at(key).asKey(), known: Object.keys(known) });
    else if (isSchema(property)) part(key, value[key]!, property);
  }
}

function wrong({ value, path, origin }: Spot, expected: Accepted): WrongValue {
  return { kind: "wrong", path: path.path, origin, expected, found: value };
}

/** The narrowest type of JSON Schema that a value without a form around it has. */
function typeOf(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string" || value instanceof PathValue || value instanceof FileContents) return "string";
  if (typeof value === "bigint" || Number.isInteger(value)) return "integer";
  if (typeof value === "number" || value instanceof Float) return "number";
  return isList(value) ? "array" : "object";
}

/** A path or the text of a file may be any string. */
function isAmong(value: Value, listed: Data): boolean {
  if (value instanceof PathValue || value instanceof FileContents) return typeof listed === "string";
  return fingerprint(value) === fingerprint(listed);
}
