import { type Data, type DataMap, isDataMap } from "./data.js";
import { Float, type Value } from "./value.js";

/**
 * A JSON Schema for settings, as Clan derives it from the types of options.
 * Of draft 2020-12 it means `$ref` within the schema, `type`, `enum`, `const`,
 * `oneOf`, `anyOf`, `allOf`, `properties`, `additionalProperties`, `items`,
 * `prefixItems`, bounds on numbers, `pattern`, and the `format` of paths
 * (`nix-path`); other keywords say nothing, and
 * `required` is not asked for, because an option may rightly stay unset.
 * `oneOf` means `anyOf`, since it comes from `types.either`; and a float is no
 * `integer` even where its value is one, since Nix tells them apart. No schema
 * leads back to itself but through a step into the value.
 */
export type Schema = boolean | DataMap;

/** What a schema accepts, looking at the outermost value only. */
export interface Accepted {
  /** Type names of JSON Schema. */
  readonly types: readonly string[];
  /** Values accepted beside all those of `types`. */
  readonly values: readonly Data[];
  /** Bounds on numbers. */
  readonly least?: number | bigint;
  readonly most?: number | bigint;
  /** What strings must match. */
  readonly pattern?: string;
  /** Strings must be absolute paths. */
  readonly isPath?: boolean;
}

/** What a schema accepts, itself a part of the schema `root`. */
export function acceptedBy(schema: Schema, root: Schema): Accepted {
  const types = new Set<string>();
  const values = new Set<Data>();
  const parts = partsOf(schema, root);
  for (const part of parts) {
    for (const value of listedValues(part) ?? []) {
      values.add(value);
    }
    for (const type of typesOf(part)) {
      types.add(type);
    }
  }
  return {
    types: [...types],
    values: [...values],
    ...(parts.length === 1 && values.size === 0 && limitsOf(parts[0]!)),
  };
}

/** Whether a schema accepts values of every type. */
export function isOpen(schema: Schema, root: Schema): boolean {
  const { types } = acceptedBy(schema, root);
  return allTypes.every((type) => types.includes(type));
}

/** The types that a schema without references and alternatives accepts whole. */
function typesOf(schema: Schema): readonly string[] {
  if (schema === false || listedValues(schema) !== undefined) {
    return [];
  }
  const types = keywordOf(schema, "type");
  return types === undefined ? allTypes : ([types].flat() as readonly string[]);
}

/**
 * The schemas, each once, one of which a value must match: those behind references and alternatives
 * that say themselves what they accept.
 */
export function partsOf(schema: Schema, root: Schema, seen = new Set<Schema>()): readonly Schema[] {
  if (seen.has(schema)) {
    return [];
  }
  seen.add(schema);
  const saysItself = listedValues(schema) !== undefined || keywordOf(schema, "type") !== undefined;
  const [required] = requiredBeside(schema, root);
  const further = saysItself ? [] : required !== undefined ? [required] : alternativesOf(schema);
  return further.length === 0 ? [schema] : further.flatMap((other) => partsOf(other, root, seen));
}

/**
 * The schema that a `$ref` refers to; `undefined` where it has none, or one that leads
 * nowhere.
 */
export function referenceOf(schema: Schema, root: Schema): Schema | undefined {
  const reference = keywordOf(schema, "$ref");
  if (typeof reference !== "string" || !reference.startsWith("#")) {
    return undefined;
  }
  let at: Data | undefined = root;
  for (const segment of reference.split("/").slice(1)) {
    const key = segment.includes("~")
      ? segment.replaceAll("~1", "/").replaceAll("~0", "~")
      : segment;
    at = isDataMap(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return asSchema(at);
}

/** The schemas that a value must match for this one, before any step into the value. */
export function requiredBeside(schema: Schema, root: Schema): readonly Schema[] {
  const reference = referenceOf(schema, root);
  const all = schemaList(schema, "allOf");
  return reference === undefined ? all : [reference, ...all];
}

/** A map of schemas below `keyword`. */
export function schemasAt(schema: Schema, keyword: string): ReadonlyMap<string, Schema> {
  const map = keywordOf(schema, keyword);
  return new Map(
    isDataMap(map)
      ? Object.entries(map).flatMap(([key, child]) => (isSchema(child) ? [[key, child]] : []))
      : [],
  );
}

/** A list of schemas below `keyword`. */
export function schemaList(schema: Schema, keyword: string): readonly Schema[] {
  const list = keywordOf(schema, keyword);
  return Array.isArray(list) ? (list as readonly Data[]).filter(isSchema) : none;
}

const none: readonly Schema[] = [];

/** The schemas one of which a value must match. */
export function alternativesOf(schema: Schema): readonly Schema[] {
  const one = schemaList(schema, "oneOf");
  const any = schemaList(schema, "anyOf");
  return any.length === 0 ? one : [...one, ...any];
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

const allTypes = ["null", "boolean", "integer", "number", "string", "array", "object"];

export function listedValues(schema: Schema): readonly Data[] | undefined {
  const constant = keywordOf(schema, "const");
  if (constant !== undefined) {
    return [constant];
  }
  const values = keywordOf(schema, "enum");
  return Array.isArray(values) ? values : undefined;
}

export function bounds(schema: Schema): Pick<Accepted, "least" | "most"> {
  const least = numberOf(keywordOf(schema, "minimum") ?? null);
  const most = numberOf(keywordOf(schema, "maximum") ?? null);
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

/** What a schema itself says of the numbers and strings that it accepts. */
function limitsOf(schema: Schema): Partial<Accepted> {
  const pattern = patternOf(schema);
  return {
    ...bounds(schema),
    ...(pattern !== undefined && { pattern }),
    ...(isPathSchema(schema) && { isPath: true }),
  };
}

export function patternOf(schema: Schema): string | undefined {
  const pattern = keywordOf(schema, "pattern");
  return typeof pattern === "string" ? pattern : undefined;
}

/** Whether strings must be paths. */
export function isPathSchema(schema: Schema): boolean {
  return keywordOf(schema, "format") === "nix-path";
}

export function numberOf(value: Value): number | bigint | undefined {
  if (value instanceof Float) {
    return value.value;
  }
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

/** What a schema accepts and what is so by default: `null or list of string, default []`. */
export function describeSchema(schema: Schema, root: Schema): string {
  const byDefault = ownOrReferred(schema, "default", root);
  // Nix code, where the default is not a value.
  const text = ownOrReferred(schema, "defaultText", root);
  const shown =
    byDefault !== undefined
      ? inline(byDefault)
      : typeof text === "string"
        ? startOf(text)
        : undefined;
  return `${typeText(schema, root)}${shown === undefined ? "" : `, default ${shown}`}`;
}

/** What a schema says by this keyword, or else the one that it refers to. */
export function ownOrReferred(schema: Schema, keyword: string, root: Schema): Data | undefined {
  return keywordOf(schema, keyword) ?? keywordOf(referred(schema, root), keyword);
}

/** The alternative that is of this type, behind references; none where anything goes. */
export function partOfType(type: string, schema: Schema, root: Schema): Schema | undefined {
  return isOpen(schema, root)
    ? undefined
    : partsOf(schema, root).find((part) => keywordOf(part, "type") === type);
}

export function itemOf(schema: Schema, root: Schema): Schema | undefined {
  const list = partOfType("array", schema, root);
  return list === undefined ? undefined : schemaAt(list, "items");
}

/**
 * Says what elements are up to the fourth list or map inside each other: they may hold both, and so
 * on.
 */
function typeText(schema: Schema, root: Schema, above: readonly Schema[] = []): string {
  if (isOpen(schema, root)) {
    return "any value";
  }
  const { types, values } = acceptedBy(schema, root);
  const inner = (type: string, keyword: string): string => {
    const part = partOfType(type, schema, root);
    const element =
      part === undefined ||
      above.length === 4 ||
      above.includes(part) ||
      schemasAt(part, "properties").size > 0
        ? undefined
        : schemaAt(part, keyword);
    return element === undefined || element === false
      ? ""
      : ` of ${typeText(element, root, [...above, part!])}`;
  };
  const names = types
    .filter((type) => type !== "integer" || !types.includes("number"))
    .map((type) => {
      if (type === "array") {
        return `list${inner("array", "items")}`;
      }
      return type === "object" ? `map${inner("object", "additionalProperties")}` : type;
    });
  return [...names, ...someValues(values, inline)].join(" or ");
}

/** More names or values than these are no help. */
export const mostListed = 20;

/** The first values as `show` has each, and how many others there are. */
export function someValues(
  values: readonly Data[],
  show: (value: Data) => string,
): readonly string[] {
  const others = values.length - mostListed;
  const rest = others <= 0 ? [] : [others === 1 ? "one other" : `one of ${others} others`];
  return [...values.slice(0, mostListed).map(show), ...rest];
}

function referred(schema: Schema, root: Schema): Schema {
  const target = referenceOf(schema, root);
  return target === undefined ? schema : referred(target, root);
}

/** The start of what is long. */
function inline(data: Data): string {
  return startOf(inlineData(data));
}

function startOf(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** As text of one line, in JSON's way. */
export function inlineData(data: Data): string {
  const lines = JSON.stringify(
    data,
    (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value),
    1,
  );
  return lines
    .replace(/\[\n */g, "[")
    .replace(/\n *\]/g, "]")
    .replace(/\n */g, " ");
}

function asSchema(data: Data | undefined): Schema | undefined {
  return isSchema(data) ? data : undefined;
}
