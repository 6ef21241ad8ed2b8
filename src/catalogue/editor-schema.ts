import { inventorySchema } from "../generated/package.js";
import {
  type Catalogue,
  defaultInput,
  type Service,
  type ServiceRole,
  wordedService,
} from "../model/catalogue.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
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
import { formKeys } from "../model/special-forms.js";
import { setEntry } from "../model/value.js";
import { completeCatalogue } from "./read-catalogue.js";
import { roleText, serviceText, settingText } from "./service-texts.js";

/** {@link fillSchema} of this project's own schema. */
export function editorSchema(catalogue: Catalogue = completeCatalogue()): DataMap {
  return fillSchema(JSON.parse(inventorySchema) as DataMap, catalogue);
}

/**
 * The schema of inventories (draft 7) with what a catalogue knows: in an
 * instance of a known service, by its own name or its module's, an editor offers
 * the service's roles and their settings. Special forms are allowed everywhere,
 * and no setting is required, because another layer may bring it.
 */
export function fillSchema(schema: DataMap, catalogue: Catalogue): DataMap {
  const definitions: { [name: string]: Data } = {
    ...(schema["definitions"] as DataMap),
    form,
    formOrString,
    loneForm,
  };
  const known = [...catalogue.inputs.values()].flatMap((set) =>
    [...set.services.keys()].map((name) => ({
      input: set.input,
      name,
      service: wordedService(set, name)!,
    })),
  );
  for (const { input, name, service } of known) {
    setEntry(
      definitions,
      serviceName(input, name),
      serviceSchema(service, serviceName(input, name), definitions),
    );
  }

  const byModule = known.map(({ input, name }) => ({
    if: names(input, name),
    then: reference(serviceName(input, name)),
  }));
  definitions["knownInstance"] = { allOf: [reference("instance"), ...byModule] };
  const byItself = known
    .filter(({ input }) => input === defaultInput)
    .map(({ input, name, service }) => {
      const own = { if: namesNone, then: reference(serviceName(input, name)) };
      return [
        name,
        {
          title: name,
          description: serviceText(service) || `An instance of the service '${name}'.`,
          allOf: [reference("knownInstance"), own],
        },
      ];
    });
  const instances = definitions["instances"] as DataMap;
  definitions["instances"] = {
    ...instances,
    properties: Object.fromEntries(byItself),
    additionalProperties: reference("knownInstance"),
  };
  return { ...schema, definitions: withTaggedTexts(definitions) };
}

/** Where `!value` and the like may stand for maps and lists, a text, which they are to an editor. */
function withTaggedTexts(definitions: DataMap): DataMap {
  const { role } = definitions;
  const roles = isDataMap(role) ? role["properties"] : undefined;
  if (!isDataMap(roles)) {
    return definitions;
  }
  const properties = mapEntries(roles, (part, key) =>
    key === "settings" || key === "extraModules" ? orText(part) : withTextInside(part),
  );
  return { ...definitions, role: { ...(role as DataMap), properties } };
}

function withTextInside(assignments: Data): Data {
  const each = isDataMap(assignments) ? assignments["additionalProperties"] : undefined;
  const inside = isDataMap(each) ? each["properties"] : undefined;
  return isDataMap(inside)
    ? {
        ...(assignments as DataMap),
        additionalProperties: { ...(each as DataMap), properties: mapEntries(inside, orText) },
      }
    : assignments;
}

function orText(schema: Data): Data {
  const { type } = schema as DataMap;
  return { ...(schema as DataMap), type: [...([type].flat() as readonly Data[]), "string"] };
}

function mapEntries(map: DataMap, transform: (value: Data, key: string) => Data): DataMap {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, transform(value, key)]),
  );
}

function serviceName(input: string, name: string): string {
  return `${input}.${name}`;
}

/** As a pointer, with what a URI cannot hold escaped. */
function reference(definition: string): DataMap {
  return {
    $ref: `#/definitions/${encodeURIComponent(definition.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
  };
}

/** An instance whose module is this one. */
function names(input: string, name: string): DataMap {
  const isDefault = input === defaultInput;
  const inLongForm = {
    type: "object",
    properties: {
      name: { const: name },
      input: isDefault ? { enum: [null, input] } : { const: input },
    },
    required: isDefault ? ["name"] : ["name", "input"],
  };
  return {
    type: "object",
    properties: { module: isDefault ? { anyOf: [{ const: name }, inLongForm] } : inLongForm },
    required: ["module"],
  };
}

/** An instance without a module of another name or from elsewhere. */
const namesNone: DataMap = {
  properties: {
    module: {
      anyOf: [
        { type: "null" },
        {
          type: "object",
          properties: { name: { type: "null" }, input: { enum: [null, defaultInput] } },
        },
      ],
    },
  },
};

/** Matches the keys of forms: with an `enum`, editors would offer these in place of settings. */
const formKey = `^(${formKeys.map((key) => `\\${key}`).join("|")})$`;

/**
 * Special forms as an editor sees them: a map with the key of one or with a
 * `_type`, and the list of `!mkOverride [10, v]`, whose tag it does not see.
 */
const form: DataMap = {
  anyOf: [
    { type: "object", required: ["_type"] },
    { type: "object", minProperties: 1, maxProperties: 1, propertyNames: { pattern: formKey } },
    { type: "array", items: [{ type: "number" }, {}], minItems: 2, maxItems: 2 },
  ],
};

/** A map that is a form as a whole. */
const loneForm = (form["anyOf"] as readonly DataMap[])[1]!;

/** The same where no string is expected: any scalar with a tag is one to an editor. */
const formOrString: DataMap = {
  anyOf: [{ type: "string" }, ...(form["anyOf"] as readonly Data[])],
};

function serviceSchema(
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
