import { parseNixLiteral } from "./nix-literal.js";

/** A service as `export.nix` has it, in the form of a catalogue. */
export function toServiceData({ description, categories, readme, maxInstances, roles }) {
  return {
    ...present({ description: trimmed(description), maxInstances }),
    ...(categories.length > 0 && { categories }),
    ...present({ readme: toMarkdown(readme) }),
    roles: mapValues(roles, toRoleData),
  };
}

/** Where a service has moved, by what its module throws; absent if that is not said. */
export function toMovedData(text) {
  const [, input] = /module\.input = "([^"]+)"/.exec(text) ?? [];
  const [, url] = /(https:\/\/\S+)/.exec(text) ?? [];
  return input && { input, ...present({ url }), readme: dedent(text) };
}

/** A readme in plain Markdown: the notes of Clan's pages become quotes. */
function toMarkdown(readme) {
  const note = /^:::admonition\[([^\]]*)\]\{[^}]*\}\n([^]*?)\n:::\n?/gm;
  const quoted = readme.replace(note, (_, title, text) => {
    const lines = [`**${title}**`, "", ...text.trim().split("\n")];
    return `${lines.map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;
  });
  return quoted
    .replaceAll("](/docs/", "](https://clan.lol/docs/unstable/")
    .replace(/^-{3,}\n/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** A service, or where it has moved, without what only people read. */
export function withoutWords(node) {
  if (typeof node !== "object" || node === null) {
    return node;
  }
  if (Array.isArray(node)) {
    return node.map(withoutWords);
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      if (mapsOfNames.has(key)) {
        return [[key, mapValues(value, withoutWords)]];
      }
      return words.has(key) ? [] : [[key, valueKeywords.has(key) ? value : withoutWords(value)]];
    }),
  );
}

const mapsOfNames = new Set(["services", "moved", "roles", "properties", "$defs"]);
const words = new Set(["description", "categories", "readme", "examples", "defaultText"]);
const valueKeywords = new Set(["default", "enum", "const"]);

function toRoleData({ description, minMachines, maxMachines, schema, options }) {
  return {
    ...present({ description: trimmed(description), minMachines, maxMachines }),
    settings: toSettings(schema, options),
  };
}

function toSettings({ $defs }, options) {
  const definitions = mapValues($defs, tidy);
  const { Input: root, ...others } = definitions;
  for (const option of options) {
    const node = nodeAt(root, option.loc, definitions);
    if (node !== undefined) {
      addDocumentation(node, option, definitions);
    }
  }
  for (const definition of Object.values(definitions)) {
    dropRequired(definition);
  }
  return Object.keys(others).length === 0 ? root : { $defs: definitions, $ref: "#/$defs/Input" };
}

/** A copy of a schema without empty texts, keywords that say nothing, and defaults that are none. */
function tidy(node) {
  if (typeof node !== "object" || node === null) {
    return node;
  }
  if (Array.isArray(node)) {
    return node.map(tidy);
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      if (key === "properties") {
        return [[key, mapValues(value, tidy)]];
      }
      if (key === "readOnly" || (key === "default" && isPlaceholder(value))) {
        return [];
      }
      if (key === "description") {
        return value.trim() === "" ? [] : [[key, value.trim()]];
      }
      return [[key, valueKeywords.has(key) ? value : tidy(value)]];
    }),
  );
}

/** `‹name›` is the key of the map that a setting is in, and `${…}` is for Nix. */
function isPlaceholder(value) {
  return typeof value === "string" && /‹|\$'?\{/.test(value);
}

/** What has a default need not be set. */
function dropRequired(node) {
  const required = node.required?.filter((key) => {
    const { default: value, defaultText } = node.properties[key];
    return value === undefined && defaultText === undefined;
  });
  if (required?.length === 0) {
    delete node.required;
  } else if (required !== undefined) {
    node.required = required;
  }
}

/** The schema of the option at `path`, as the map that it is in refers to it. */
function nodeAt(root, path, definitions) {
  let node = root;
  for (const [index, key] of path.entries()) {
    const map = alternatives(node, definitions).find(
      (part) => part.properties?.[key] ?? part.additionalProperties,
    );
    const inside = map?.properties?.[key] ?? map?.additionalProperties;
    if (typeof inside !== "object") {
      return undefined;
    }
    node = index < path.length - 1 ? resolve(inside, definitions) : inside;
  }
  return node;
}

function alternatives(node, definitions) {
  const resolved = resolve(node, definitions);
  return [resolved, ...(resolved.oneOf ?? []).flatMap((part) => alternatives(part, definitions))];
}

function resolve(node, definitions) {
  return node.$ref === undefined
    ? node
    : resolve(definitions[node.$ref.split("/").at(-1)], definitions);
}

function addDocumentation(node, { type, default: text, example }, definitions) {
  addType(node, type, definitions);
  const value = text === null ? undefined : parseNixLiteral(text);
  if (value !== undefined && !isPlaceholder(value)) {
    node.default ??= value;
  } else if (text !== null && !text.includes("‹")) {
    node.defaultText ??= toCode(text);
  }
  const shown = example === null ? undefined : parseExample(example, node, definitions);
  if (shown !== undefined) {
    node.examples = [shown];
  }
}

/** The code that a default is, printed as a string. */
function toCode(text) {
  return text.replaceAll("\\${", "${").replace(/^"\$'?\{([^}]*)\}"$/, "$1");
}

/** Some examples of lists are the text of one. */
function parseExample(text, node, definitions) {
  const value = parseNixLiteral(text);
  const isList = alternatives(node, definitions).some((part) => part.type === "array");
  return isList && typeof value === "string" ? parseNixLiteral(value) : value;
}

/** Adds what a schema leaves out of the type that the documentation names. */
function addType(node, type, definitions) {
  const part = (name) => alternatives(node, definitions).find((one) => one.type === name);
  const [, prefix, inner] = /^(list of |null or |attribute set of )(.*)$/.exec(type) ?? [];
  if (prefix === "null or ") {
    return addType(node, inner.replace(/^\((.*)\)$/, "$1"), definitions);
  }
  if (prefix !== undefined) {
    const [kind, keyword] =
      prefix === "list of " ? ["array", "items"] : ["object", "additionalProperties"];
    const inside = part(kind)?.[keyword];
    return typeof inside === "object" ? addType(inside, inner, definitions) : undefined;
  }
  const [, least, most] = /between (\d+) and (\d+) \(both inclusive\)/.exec(type) ?? [];
  const [, pattern] = /^string matching the pattern (.*)$/.exec(type) ?? [];
  Object.assign(part("integer") ?? {}, least !== undefined && { minimum: +least, maximum: +most });
  Object.assign(
    part("string") ?? {},
    pattern !== undefined && { pattern },
    type === "absolute path" && { format: "nix-path" },
  );
}

function present(entries) {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value != null && value !== ""),
  );
}

function trimmed(text) {
  return text?.trim();
}

function dedent(text) {
  return text.replace(/^ {2}/gm, "").trim();
}

function mapValues(map, convert) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, convert(value)]));
}
