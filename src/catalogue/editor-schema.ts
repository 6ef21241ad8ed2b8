import { inventorySchema } from "../generated/package.js";
import { type Catalogue, defaultInput, wordedService } from "../model/catalogue.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import { formKeys } from "../model/special-forms.js";
import { setEntry } from "../model/value.js";
import { reference, serviceSchema } from "./editor-service-schema.js";
import { completeCatalogue } from "./read-catalogue.js";
import { serviceText } from "./service-texts.js";

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
 * `_type`, and the lists of `!mkOverride [10, v]` and `!concat [[a], v]`, whose tags it does not see.
 */
const form: DataMap = {
  anyOf: [
    { type: "object", required: ["_type"] },
    { type: "object", minProperties: 1, maxProperties: 1, propertyNames: { pattern: formKey } },
    { type: "array", items: [{ type: "number" }, {}], minItems: 2, maxItems: 2 },
    { type: "array", contains: { type: "array" } },
  ],
};

/** A map that is a form as a whole. */
const loneForm = (form["anyOf"] as readonly DataMap[])[1]!;

/** The same where no string is expected: any scalar with a tag is one to an editor. */
const formOrString: DataMap = {
  anyOf: [{ type: "string" }, ...(form["anyOf"] as readonly Data[])],
};
