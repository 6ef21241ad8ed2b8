import { isDataMap, type Data, type DataMap } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import { FileContents, Float, If, isList, isMap, Merge, Order, Override, PathValue, RawNix, Reference, type Value } from "./inventory.js";
import type { Origin, Path } from "./source.js";

/**
 * A JSON Schema for settings, as Clan derives it from the types of options.
 * Of draft 2020-12 it means `$ref` within the schema, `type`, `enum`, `const`,
 * `oneOf`, `anyOf`, `allOf`, `properties`, `additionalProperties`, `items`,
 * `prefixItems` and bounds on numbers; other keywords say nothing, and
 * `required` is not asked for, because an option may rightly stay unset.
 * `oneOf` means `anyOf`, since it stands for `types.either`; and a float is no
 * `integer` even where its value is one, since Nix tells them apart.
 */
export type Schema = boolean | DataMap;

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

/** What a schema accepts, looking at the outermost value only. */
export interface Accepted {
  /** Type names of JSON Schema. */
  readonly types: readonly string[];
  /** Values accepted beside all those of `types`. */
  readonly values: readonly Data[];
  /** Bounds on numbers. */
  readonly least?: number | bigint;
  readonly most?: number | bigint;
}

/**
 * Everything in `value` that `schema` does not allow. Special forms count as
 * what they hold, or as whatever is asked for where only Nix knows that.
 */
export function findMismatches(value: Value, schema: Schema, origin: Origin): readonly Mismatch[] {
  return matchForms({ value, path: [], origin }, schema, schema);
}

/** What a schema accepts, itself a part of the schema `root`. */
export function acceptedBy(schema: Schema, root: Schema): Accepted {
  const accepted = collectAccepted(schema, root, new Set());
  return { ...accepted, types: [...new Set(accepted.types)] };
}

/** The schema that a `$ref` stands for; `undefined` where there is none. */
export function resolveReference(reference: Data, root: Schema): Schema | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#")) return undefined;
  let at: Data | undefined = root;
  for (const segment of reference.split("/").slice(1)) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    at = isDataMap(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return asSchema(at);
}

/** A map of schemas below `keyword`. */
export function schemasAt(schema: Schema, keyword: string): ReadonlyMap<string, Schema> {
  const map = keywordOf(schema, keyword);
  return new Map(isDataMap(map) ? Object.entries(map).flatMap(([key, child]) => (isSchema(child) ? [[key, child]] : [])) : []);
}

/** A list of schemas below one of `keywords`. */
export function schemaList(schema: Schema, ...keywords: readonly string[]): readonly Schema[] {
  return keywords.flatMap((keyword) => {
    const list = keywordOf(schema, keyword);
    return Array.isArray(list) ? (list as readonly Data[]).filter(isSchema) : [];
  });
}

/** The schema below `keyword`. */
export function schemaAt(schema: Schema, keyword: string): Schema | undefined {
  return asSchema(keywordOf(schema, keyword));
}

export function keywordOf(schema: Schema, keyword: string): Data | undefined {
  return typeof schema === "object" && Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
}

export function isSchema(data: Data | undefined): data is Schema {
  return typeof data === "boolean" || isDataMap(data);
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
  return match(spot, schema, root, []);
}

/** `above` are the schemas that led here without a step into the value; one that leads back to itself asks nothing new. */
function match(spot: Spot, schema: Schema, root: Schema, above: readonly Schema[]): readonly Mismatch[] {
  if (schema === true || above.includes(schema)) return [];
  if (!acceptsOutermost(spot.value, schema)) return [wrong(spot, acceptedBy(schema, root))];
  const within = [...above, schema];
  const reference = resolveReference(keywordOf(schema, "$ref") ?? null, root);
  const alternatives = schemaList(schema, "oneOf", "anyOf");
  return [
    ...(reference === undefined ? [] : match(spot, reference, root, within)),
    ...schemaList(schema, "allOf").flatMap((part) => match(spot, part, root, within)),
    ...(alternatives.length === 0 ? [] : matchAny(spot, alternatives, root, within)),
    ...matchParts(spot, schema, root),
  ];
}

/** What `type`, `enum`, `const` and bounds of this very schema say. */
function acceptsOutermost(value: Value, schema: Schema): boolean {
  if (schema === false) return false;
  const types = keywordOf(schema, "type");
  if (types !== undefined && ![types].flat().some((type) => typesOf(value).includes(type as string))) return false;
  const values = listedValues(schema);
  if (values !== undefined && !values.some((listed) => isAmong(value, listed))) return false;
  const number = numberOf(value);
  const { least = -Infinity, most = Infinity } = number === undefined ? {} : bounds(schema);
  return number === undefined || (number >= least && number <= most);
}

/** Matches the alternative that comes nearest: one that fits from outside, with the fewest mismatches within. */
function matchAny(spot: Spot, alternatives: readonly Schema[], root: Schema, above: readonly Schema[]): readonly Mismatch[] {
  let nearest: readonly Mismatch[] | undefined;
  for (const alternative of alternatives) {
    const mismatches = match(spot, alternative, root, above);
    if (mismatches.length === 0) return [];
    const isWithin = mismatches.every(({ path }) => path.length > spot.path.length);
    if (isWithin && (nearest === undefined || mismatches.length < nearest.length)) nearest = mismatches;
  }
  return nearest ?? [wrong(spot, acceptedBy({ anyOf: alternatives as readonly Data[] }, root))];
}

function matchParts({ value, path, origin }: Spot, schema: Schema, root: Schema): readonly Mismatch[] {
  const part = (key: string | number, inner: Value, of: Schema) => matchForms({ value: inner, path: [...path, key], origin: origin.at(key) }, of, root);
  if (isList(value)) {
    const first = schemaList(schema, "prefixItems");
    const rest = schemaAt(schema, "items") ?? true;
    return value.flatMap((item, index) => part(index, item, first[index] ?? rest));
  }
  if (!isMap(value)) return [];
  const properties = schemasAt(schema, "properties");
  const rest = keywordOf(schema, "patternProperties") === undefined ? (schemaAt(schema, "additionalProperties") ?? true) : true;
  return Object.keys(value).flatMap((key) => {
    const known = properties.get(key);
    if (known === undefined && rest === false) {
      return [{ kind: "unknown", path: [...path, key], origin: origin.at(key).asKey(), known: [...properties.keys()] } satisfies UnknownKey];
    }
    return part(key, value[key]!, known ?? rest);
  });
}

function wrong({ value, path, origin }: Spot, expected: Accepted): WrongValue {
  return { kind: "wrong", path, origin, expected, found: value };
}

function collectAccepted(schema: Schema, root: Schema, seen: Set<Schema>): Accepted {
  if (schema === false || seen.has(schema)) return { types: [], values: [] };
  seen.add(schema);
  const values = listedValues(schema);
  if (values !== undefined) return { types: [], values };
  const types = keywordOf(schema, "type");
  if (types !== undefined) return { types: [types].flat() as readonly string[], values: [], ...bounds(schema) };
  const reference = resolveReference(keywordOf(schema, "$ref") ?? null, root);
  if (reference !== undefined) return collectAccepted(reference, root, seen);
  const [all] = schemaList(schema, "allOf");
  if (all !== undefined) return collectAccepted(all, root, seen);
  const alternatives = schemaList(schema, "oneOf", "anyOf").map((alternative) => collectAccepted(alternative, root, seen));
  if (alternatives.length === 0) return { types: allTypes, values: [] };
  return { types: alternatives.flatMap(({ types }) => types), values: alternatives.flatMap(({ values }) => values) };
}

const allTypes = ["null", "boolean", "integer", "number", "string", "array", "object"];

/** The types of JSON Schema that a value without a form around it has. */
function typesOf(value: Value): readonly string[] {
  if (value === null) return ["null"];
  if (typeof value === "boolean") return ["boolean"];
  if (typeof value === "string" || value instanceof PathValue || value instanceof FileContents) return ["string"];
  if (typeof value === "bigint" || Number.isInteger(value)) return ["integer", "number"];
  if (typeof value === "number" || value instanceof Float) return ["number"];
  return isList(value) ? ["array"] : ["object"];
}

function listedValues(schema: Schema): readonly Data[] | undefined {
  const constant = keywordOf(schema, "const");
  if (constant !== undefined) return [constant];
  const values = keywordOf(schema, "enum");
  return Array.isArray(values) ? values : undefined;
}

/** A path or the text of a file may be any string. */
function isAmong(value: Value, listed: Data): boolean {
  if (value instanceof PathValue || value instanceof FileContents) return typeof listed === "string";
  return fingerprint(value) === fingerprint(listed);
}

function bounds(schema: Schema): Pick<Accepted, "least" | "most"> {
  const least = numberOf(keywordOf(schema, "minimum") ?? null);
  const most = numberOf(keywordOf(schema, "maximum") ?? null);
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

function numberOf(value: Value): number | bigint | undefined {
  if (value instanceof Float) return value.value;
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

function asSchema(data: Data | undefined): Schema | undefined {
  return isSchema(data) ? data : undefined;
}
