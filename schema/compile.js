/**
 * Compiles the schema to `src/generated/validator.js`, code that needs neither ajv nor
 * eval when it runs, and to `src/generated/shape.js`, the keys of each place in the fixed shape.
 * The built-in catalogue becomes `src/generated/clan-core.js`, whose words and earlier revisions are
 * texts until they are asked for; the schema's text and the version, `src/generated/package.js`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { withoutWords } from "./clan-core/service-data.js";

const schemaText = read("inventory.schema.json");
const schema = JSON.parse(schemaText);

const editorKeywords = [
  "title",
  "description",
  "examples",
  "default",
  "defaultSnippets",
  "deprecated",
  "deprecationMessage",
];
const mapsOfSchemas = ["properties", "patternProperties", "definitions"];

const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  messages: false,
  unicodeRegExp: false,
  code: { source: true, esm: true },
});

await build({
  stdin: {
    contents: `
      ${standaloneCode.default(ajv, ajv.compile(bare(schema)))}
      export function findShapeErrors(value) {
        return validate(value) ? [] : validate.errors;
      }
    `,
    resolveDir: fileURLToPath(new URL("..", import.meta.url)),
  },
  banner: { js: "// Generated from schema/inventory.schema.json by schema/compile.js." },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outfile: fileURLToPath(new URL("../src/generated/validator.js", import.meta.url)),
});

write(
  "shape.js",
  `// Generated from schema/inventory.schema.json by schema/compile.js.
export const places = ${JSON.stringify(keysByPlace(schema, ""))};
`,
);

const catalogue = JSON.parse(read("clan-core.json"));
const { latest, earlier } = JSON.parse(read("clan-core-history.json"));
write(
  "clan-core.js",
  `// Generated from schema/clan-core.json and schema/clan-core-history.json by schema/compile.js.
// ${notice()}
export function clanCore() {
  return JSON.parse(${jsonLiteral({ ...catalogue, services: withoutWords(catalogue.services) })});
}

export function clanCoreWords(service) {
  const texts = {
    ${entries(catalogue.services)}
  };
  return Object.hasOwn(texts, service) ? JSON.parse(texts[service]) : undefined;
}

export const clanCoreUntil = ${latest.until};

export function clanCoreRevisions() {
  return ${JSON.stringify([
    { revision: catalogue.revision, since: latest.since },
    ...earlier.map(({ revision, since }) => ({ revision, since })),
  ])};
}

export function clanCoreBefore(index) {
  const texts = [
    ${earlier.map(({ services = {}, moved = {} }) => jsonLiteral({ services, moved })).join(",\n    ")}
  ];
  return JSON.parse(texts[index]);
}
`,
);

const { version } = JSON.parse(read("../package.json"));
write(
  "package.js",
  `// Generated from package.json and schema/inventory.schema.json by schema/compile.js.
export const version = ${JSON.stringify(version)};
export const inventorySchema = ${JSON.stringify(schemaText)};
`,
);

/** A string literal of ASCII with JSON in it, which takes engines one byte a character. */
function jsonLiteral(data) {
  const escaped = JSON.stringify(data).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return JSON.stringify(escaped);
}

function entries(map) {
  return Object.entries(map)
    .map(([key, value]) => `${JSON.stringify(key)}: ${jsonLiteral(value)}`)
    .join(",\n    ");
}

/** Whose the texts are. */
function notice() {
  return read("clan-core.LICENSE").split("\n")[0];
}

function read(file) {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}

function write(file, text) {
  writeFileSync(new URL(`../src/generated/${file}`, import.meta.url), text);
}

/**
 * The schema without the words that only editors read: ajv copies what it is given into its code.
 */
function bare(node) {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    return node;
  }
  const entries = Object.entries(node).filter(([keyword]) => !editorKeywords.includes(keyword));
  return Object.fromEntries(
    entries.map(([keyword, value]) => [
      keyword,
      mapsOfSchemas.includes(keyword) ? bareEach(value) : bare(value),
    ]),
  );
}

function bareEach(schemas) {
  return Object.fromEntries(Object.entries(schemas).map(([name, node]) => [name, bare(node)]));
}

/**
 * `{ "": ["meta", …], "machines.*": ["name", …], … }`, where `*` is a name that the user
 * chose.
 */
function keysByPlace(node, place) {
  const { properties, additionalProperties } = node.$ref
    ? schema.definitions[node.$ref.split("/").at(-1)]
    : node;
  const places = {};
  if (properties) {
    places[place] = Object.keys(properties);
  }
  for (const [key, child] of Object.entries({
    ...properties,
    ...(additionalProperties && { "*": additionalProperties }),
  })) {
    Object.assign(places, keysByPlace(child, place === "" ? key : `${place}.${key}`));
  }
  return places;
}
