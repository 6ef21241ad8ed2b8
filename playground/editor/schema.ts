/** A JSON Schema of draft 7; only keywords that lead to names and values are used. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/**
 * The schemas that apply at a path of a document, with `$ref`s followed and conditions decided by
 * the document.
 */
export function schemasAt(
  root: Schema,
  document: unknown,
  path: readonly (string | number)[],
): readonly Schema[] {
  let schemas = expand(root, document, root);
  let value = document;
  for (const key of path) {
    value = entry(value, key);
    schemas = schemas.flatMap((schema) =>
      step(schema, key).flatMap((next) => expand(next, value, root)),
    );
  }
  return schemas;
}

export interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
}

/** The properties that schemas name, each once. */
export function propertiesOf(schemas: readonly Schema[], root: Schema): readonly NamedSchema[] {
  const found = new Map<string, Schema>();
  for (const schema of schemas) {
    for (const [name, property] of Object.entries(record(schema["properties"]))) {
      const described =
        expand(record(property), undefined, root).find(
          ({ description }) => description !== undefined,
        ) ?? record(property);
      if (!found.has(name) || found.get(name)!["description"] === undefined) {
        found.set(name, described);
      }
    }
  }
  return [...found].map(([name, schema]) => ({ name, schema }));
}

/** The scalars that schemas name as values. */
export function valuesOf(schemas: readonly Schema[]): readonly (string | number | boolean)[] {
  const values = schemas.flatMap((schema) => [
    ...list(schema["enum"]),
    ...("const" in schema ? [schema["const"]] : []),
    ...list(schema["examples"]),
    ...("default" in schema ? [schema["default"]] : []),
    ...(schema["type"] === "boolean" ? [true, false] : []),
  ]);
  return [...new Set(values)].filter(
    (value) => typeof value === "string" || typeof value === "number" || typeof value === "boolean",
  );
}

function step(schema: Schema, key: string | number): readonly Schema[] {
  if (typeof key === "number") {
    return typeof schema["items"] === "object" ? [record(schema["items"])] : [];
  }
  const properties = record(schema["properties"]);
  if (Object.hasOwn(properties, key)) {
    return [record(properties[key])];
  }
  return typeof schema["additionalProperties"] === "object"
    ? [record(schema["additionalProperties"])]
    : [];
}

/** A schema and all that it includes at the same place. */
function expand(schema: Schema, value: unknown, root: Schema): readonly Schema[] {
  const parts = [
    ...list(schema["allOf"]),
    ...list(schema["anyOf"]),
    ...list(schema["oneOf"]),
    ...(typeof schema["$ref"] === "string" ? [resolve(schema["$ref"], root)] : []),
    ...(schema["if"] === undefined
      ? []
      : [holds(record(schema["if"]), value, root) ? schema["then"] : schema["else"]]),
  ];
  return [schema, ...parts.flatMap((part) => expand(record(part), value, root))];
}

function resolve(reference: string, root: Schema): Schema {
  const keys = reference
    .slice("#/".length)
    .split("/")
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce((schema, key) => record(schema[key]), root);
}

/** Whether a condition holds; an absent value decides nothing. */
function holds(schema: Schema, value: unknown, root: Schema): boolean {
  if (value === undefined) {
    return false;
  }
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  const types = [schema["type"] ?? []].flat();
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return (
    (types.length === 0 || types.includes(kind)) &&
    (!("const" in schema) || schema["const"] === value) &&
    (schema["enum"] === undefined || list(schema["enum"]).includes(value)) &&
    (schema["anyOf"] === undefined ||
      list(schema["anyOf"]).some((part) => holds(record(part), value, root))) &&
    (typeof schema["$ref"] !== "string" || holds(resolve(schema["$ref"], root), value, root)) &&
    (!isMap || list(schema["required"]).every((name) => Object.hasOwn(value, name as string))) &&
    (!isMap ||
      schema["minProperties"] === undefined ||
      Object.keys(value).every((key) => key.startsWith("$"))) &&
    (!isMap ||
      Object.entries(record(schema["properties"])).every(
        ([name, part]) =>
          !Object.hasOwn(value, name) || holds(record(part), entry(value, name), root),
      ))
  );
}

function entry(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

function record(data: unknown): Schema {
  return typeof data === "object" && data !== null ? (data as Schema) : {};
}

function list(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}
