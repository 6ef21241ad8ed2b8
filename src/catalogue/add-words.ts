import type { Service, ServiceRole } from "../model/catalogue.js";
import type { Data, DataMap } from "../model/data.js";
import { keywordOf, type Schema, schemasAt } from "../model/setting-schema.js";
import { setEntry } from "../model/value.js";

/**
 * A service with the words of another revision of it, where it has none itself: texts change less than
 * what they are about.
 */
export function addWords(service: Service, words: Service): Service {
  return {
    description: service.description ?? words.description,
    categories: service.categories.length > 0 ? service.categories : words.categories,
    readme: service.readme ?? words.readme,
    maxInstances: service.maxInstances,
    roles: new Map(
      [...service.roles].map(([name, role]) => {
        const worded = words.roles.get(name);
        return [name, worded === undefined ? role : addRoleWords(role, worded)];
      }),
    ),
  };
}

function addRoleWords(role: ServiceRole, words: ServiceRole): ServiceRole {
  const { settings } = role;
  const isKnown = settings !== undefined && words.settings !== undefined;
  return {
    ...role,
    description: role.description ?? words.description,
    settings: isKnown ? addSchemaWords(settings, words.settings) : settings,
  };
}

const wordKeywords = ["description", "defaultText", "examples"];

function addSchemaWords(schema: Schema, words: Schema): Schema {
  if (typeof schema === "boolean" || typeof words === "boolean") {
    return schema;
  }
  const worded: { [keyword: string]: Data } = { ...schema };
  for (const keyword of wordKeywords) {
    const said = keywordOf(schema, keyword) ?? keywordOf(words, keyword);
    if (said !== undefined) {
      worded[keyword] = said;
    }
  }
  for (const keyword of ["properties", "$defs"]) {
    if (Object.hasOwn(schema, keyword)) {
      worded[keyword] = addEach(schemasAt(schema, keyword), wordsOfEach(words, keyword));
    }
  }
  for (const keyword of ["items", "additionalProperties"]) {
    const inside = keywordOf(schema, keyword);
    const wordsInside = keywordOf(words, keyword);
    if (inside !== undefined && wordsInside !== undefined) {
      worded[keyword] = addSchemaWords(inside as Schema, wordsInside as Schema);
    }
  }
  return worded;
}

/** Where a root without definitions of its own is what others call `Input`. */
function wordsOfEach(words: DataMap, keyword: string): ReadonlyMap<string, Schema> {
  return keyword === "$defs" && !Object.hasOwn(words, keyword)
    ? new Map([["Input", words]])
    : schemasAt(words, keyword);
}

function addEach(
  schemas: ReadonlyMap<string, Schema>,
  words: ReadonlyMap<string, Schema>,
): DataMap {
  const worded = {};
  for (const [name, schema] of schemas) {
    const own = words.get(name);
    setEntry<Data>(worded, name, own === undefined ? schema : addSchemaWords(schema, own));
  }
  return worded;
}
