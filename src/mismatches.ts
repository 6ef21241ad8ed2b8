import { isDataMap, type Data } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import { FileContents, Float, If, isList, isMap, isSpecial, Merge, Order, Override, PathValue, type Value } from "./inventory.js";
import { acceptedBy, alternativesOf, bounds, isSchema, keywordOf, listedValues, numberOf, requiredBeside, schemaAt, schemaList, type Accepted, type Schema } from "./setting-schema.js";
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
  for (const spot of spotsOf({ value, path: Origin.root(origin.document), origin })) match(spot, schema, schema, (mismatch) => found.push(mismatch));
  return found;
}

/**
 * A value, and how it was come to: most are right, so that paths are spelt out
 * only where one is not. Where alternatives are tried it is kept what came of
 * each, and of the values inside: schemas that share parts would try them ever
 * more often.
 */
interface Spot {
  readonly value: Value;
  readonly path: Origin;
  readonly origin: Origin;
  tried?: Tried;
}

interface Tried {
  readonly mismatches: Map<Schema, readonly Mismatch[]>;
  readonly inside: Map<string | number, readonly Spot[]>;
}

function nothingTried(): Tried {
  return { mismatches: new Map(), inside: new Map() };
}

type OnMismatch = (mismatch: Mismatch) => void;

/** The values that a special form holds; none where only Nix knows what it is. */
function spotsOf(spot: Spot): readonly Spot[] {
  const { value } = spot;
  if (!isSpecial(value) || value instanceof PathValue || value instanceof FileContents) return [spot];
  if (value instanceof Merge) return value.contents.flatMap((content, index) => spotsOf({ ...spot, value: content, origin: value.origin.at(index) }));
  const holds = value instanceof Override || value instanceof Order || (value instanceof If && value.condition);
  return holds ? spotsOf({ ...spot, value: value.content, origin: value.origin }) : [];
}

/** `seen` are schemas that the same value was held against for the same report. */
function match(spot: Spot, schema: Schema, root: Schema, report: OnMismatch, seen?: Set<Schema>): void {
  if (schema === true || seen?.has(schema)) return;
  seen?.add(schema);
  if (!acceptsOutermost(spot.value, schema)) {
    report(wrong(spot, acceptedBy(schema, root)));
    return;
  }
  const all = requiredBeside(schema, root);
  const met = all.length > 1 ? (seen ?? new Set()) : seen;
  for (const part of all) match(spot, part, root, report, met);
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
  const { mismatches: known } = (spot.tried ??= nothingTried());
  for (const alternative of alternatives) {
    const mismatches = known.get(alternative) ?? mismatchesWith(spot, alternative, root);
    known.set(alternative, mismatches);
    if (mismatches.length === 0) return [];
    if (depth(mismatches) > spot.path.path.length) results.push(mismatches);
  }
  const [nearest] = results.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return nearest ?? [wrong(spot, acceptedBy({ anyOf: alternatives as readonly Data[] }, root))];
}

function mismatchesWith(spot: Spot, schema: Schema, root: Schema): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  match(spot, schema, root, (mismatch) => mismatches.push(mismatch));
  return mismatches;
}

function depth(mismatches: readonly Mismatch[]): number {
  return mismatches.reduce((least, { path }) => Math.min(least, path.length), Infinity);
}

function matchParts(spot: Spot, schema: Schema, root: Schema, report: OnMismatch): void {
  const { value, path, origin } = spot;
  const part = (key: string | number, inner: Value, of: Schema) => {
    for (const each of spotsInside(spot, key, inner)) match(each, of, root, report);
  };
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

function spotsInside({ path, origin, tried }: Spot, key: string | number, value: Value): readonly Spot[] {
  const known = tried?.inside.get(key);
  if (known !== undefined) return known;
  const spots = spotsOf({ value, path: path.at(key), origin: origin.at(key) });
  if (tried === undefined) return spots;
  for (const spot of spots) spot.tried = nothingTried();
  tried.inside.set(key, spots);
  return spots;
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
