import type { Service, ServiceRole } from "../model/catalogue.js";
import type { Data, DataMap } from "../model/data.js";
import { getOrInsertComputed } from "../model/maps.js";
import {
  acceptedBy,
  alternativesOf,
  describeSchema,
  isOpen,
  ownOrReferred,
  partOfType,
  referenceOf,
  type Schema,
  schemaList,
  schemasAt,
} from "../model/setting-schema.js";
import { setEntry } from "../model/value.js";
import { roleText, settingText } from "./service-texts.js";

/**
 * What an editor offers in an instance of a service. The settings of its roles, and the parts that
 * these refer to, are added to `definitions`, whose `form`, `formOrString` and `loneForm` they use.
 */
export function serviceSchema(
  { roles }: Service,
  service: string,
  definitions: { [name: string]: Data },
): DataMap {
  const properties = {};
  for (const [name, role] of roles) {
    setEntry<Data>(properties, name, roleSchema(name, role, `${service}.${name}`, definitions));
  }
  return { properties: { roles: { properties, additionalProperties: false } } };
}

function roleSchema(
  name: string,
  serviceRole: ServiceRole,
  role: string,
  definitions: { [name: string]: Data },
): DataMap {
  const { settings } = serviceRole;
  const description = roleText(serviceRole) || `The role '${name}' of this service.`;
  const about = { title: name, description };
  if (settings === undefined) {
    return about;
  }
  const parts = new Map<Schema, string>();
  const writer = { root: settings, role, parts };
  definitions[role] = rootSchema(settings, writer);
  // Writing one may add further ones. An editor calls a schema by its title where it expects one.
  for (const [part, name] of parts) {
    definitions[name] =
      typeof part === "boolean"
        ? part
        : { title: describeSchema(part, settings), ...(plainSchema(part, writer) as DataMap) };
  }
  const assignments = { additionalProperties: { properties: { settings: reference(role) } } };
  return {
    ...about,
    properties: { settings: reference(role), machines: assignments, tags: assignments },
  };
}

interface Writer {
  readonly root: Schema;
  /** The name of the role's settings among the definitions; those of its parts start with it. */
  readonly role: string;
  /** Schemas that others refer to, with their names among the definitions. */
  readonly parts: Map<Schema, string>;
}

/**
 * Settings may be left empty, so that what is said of a map is said of nothing
 * else; they may be in the long form, and under a condition.
 */
function rootSchema(settings: Schema, writer: Writer): DataMap {
  const map = partOfType("object", settings, settings);
  if (map === undefined) {
    return {};
  }
  const again = reference(writer.role);
  const conditional = only({
    _type: { const: "if" },
    condition: { type: "boolean" },
    content: again,
  });
  const long = only({ config: { if: reference("form"), else: again } });
  const short = { ...(plainSchema(map, writer) as DataMap), type: ["object", "string", "null"] };
  return {
    if: has("_type"),
    then: conditional,
    else: {
      if: has("config"),
      then: long,
      else: { if: reference("loneForm"), else: short },
    },
  };
}

function has(key: string): DataMap {
  return { type: "object", required: [key] };
}

function only(properties: DataMap): DataMap {
  return { properties, additionalProperties: false };
}

/** A schema with words for people and special forms allowed. */
function describedSchema(name: string, schema: Schema, writer: Writer): Data {
  if (typeof schema === "boolean") {
    return schema;
  }
  const { root } = writer;
  const value = ownOrReferred(schema, "default", root);
  const about = {
    title: name,
    description: settingText(name, schema, root),
    ...(value !== undefined && { default: value }),
  };
  if (isOpen(schema, root)) {
    return about;
  }
  const { types, values } = acceptedBy(schema, root);
  // An editor offers what is under `examples`, but not what is under `else`.
  const offered = [...values, ...(types.includes("boolean") ? [true, false] : [])].filter(
    (offer) => offer !== value,
  );
  const takesStrings =
    types.includes("string") || values.some((value) => typeof value === "string");
  return {
    ...about,
    ...(offered.length > 0 && { examples: offered }),
    if: reference(takesStrings ? "form" : "formOrString"),
    else: plainSchema(schema, writer),
  };
}

/** What the keywords mean that this project heeds, in those of draft 7. */
function plainSchema(schema: Schema, writer: Writer): Data {
  if (typeof schema === "boolean") {
    return schema;
  }
  const written: { [keyword: string]: Data } = {};
  for (const keyword of Object.keys(schema)) {
    const value = schema[keyword]!;
    switch (keyword) {
      case "type":
      case "enum":
      case "const":
      case "minimum":
      case "pattern":
      case "maximum":
        written[keyword] = value;
        break;
      case "$ref":
        return referredSchema(schema, writer);
      case "oneOf":
      case "anyOf":
        written["anyOf"] = alternativesOf(schema).map((part) => plainSchema(part, writer));
        break;
      case "allOf":
        written["allOf"] = schemaList(schema, keyword).map((part) => plainSchema(part, writer));
        break;
      case "properties":
        written["properties"] = describeEach(schemasAt(schema, keyword), writer);
        break;
      case "additionalProperties":
        if (!Object.hasOwn(schema, "patternProperties")) {
          written[keyword] = describedSchema("<name>", value as Schema, writer);
        }
        break;
      case "items":
        if (!Object.hasOwn(schema, "prefixItems")) {
          written[keyword] = describedSchema("item", value as Schema, writer);
        }
        break;
    }
  }
  return written;
}

function describeEach(schemas: ReadonlyMap<string, Schema>, writer: Writer): DataMap {
  const described = {};
  for (const [name, schema] of schemas) {
    setEntry<Data>(described, name, describedSchema(name, schema, writer));
  }
  return described;
}

/** The target of a `$ref`: a definition of its own. */
function referredSchema(schema: Schema, { root, role, parts }: Writer): Data {
  const part = referenceOf(schema, root)!;
  return reference(getOrInsertComputed(parts, part, () => `${role}.${parts.size + 1}`));
}

/** As a pointer, with what a URI cannot hold escaped. */
export function reference(definition: string): DataMap {
  return {
    $ref: `#/definitions/${encodeURIComponent(definition.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
  };
}
