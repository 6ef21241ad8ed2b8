/**
 * What the package `yaml` can say, in its own words, and what becomes of it: text/yaml/yaml-problems.ts
 * goes by these words, so another version of the package, with other words, must not pass unnoticed.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAst } from "rollup/parseAst";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Document, parseAllDocuments } from "yaml";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import type { SyntaxProblem } from "../src/diagnostics/syntax-problems.js";
import { syntaxError } from "../src/diagnostics/text-messages.js";
import type { Span } from "../src/model/source.js";
import { reading } from "./reading.js";

const packageFolder = path.join(import.meta.dirname, "../node_modules/yaml/browser/dist");
const tooLongKey = "k".repeat(1025);

/**
 * A message, a text that the package says it of, and what we find there: nothing, or a problem.
 * `…` is any text.
 */
const messages: readonly (readonly [
  message: string,
  text: string,
  found?: SyntaxProblem | "unknownForm" | "unquoted",
])[] = [
  ["%TAG directive should contain exactly two parts", "%TAG !a!\n---\na: 1\n", "badDirective"],
  ["%YAML directive should contain exactly one part", "%YAML\n---\na: 1\n", "badDirective"],
  ["A block sequence may not be used as an implicit map key", "a:\n  - b\n - c\n", "listAlignment"],
  ["A node can have at most one anchor", "a: &b &c 1\n", "multipleAnchors"],
  ["A node can have at most one tag", "a: !path !ref x\n", "multipleTags"],
  ["Alias cannot be an empty string", "a: *\n", "unquoted"],
  ["Alias ending in : is ambiguous", "a: &b: 1\nc: *b:\n"],
  ["All mapping items must start at the same column", "a:\n  b: 1\n c: 2\n", "mapAlignment"],
  ["All sequence items must start at the same column", "- - a\n - b\n", "listAlignment"],
  ["An alias node must not specify any properties", "a: &b 1\nc: !mkForce *b\n", "aliasProperties"],
  ["Anchor cannot be an empty string", "a: &\n", "unquoted"],
  ["Anchor ending in : is ambiguous", "a: &b: 1\n"],
  ["Anchors and tags must be after the … indicator", "&a ? b\n", "propertiesBeforeIndicator"],
  [
    "Block collection cannot start on same line with directives-end marker",
    "--- a: 1\n",
    "documentStartLine",
  ],
  ["Block collections are not allowed within flow collections", "a: {b: 1 c: 2}\n", "blockInFlow"],
  ["Block scalar header includes extra characters: …", "a: |x\n  b\n", "blockHeader"],
  ["Block scalar lines must not be less indented than their …", "a: |2\n\t\n", "blockLessIndented"],
  ["Block scalar values in collections must be indented", "a: |\n\tb\n", "blockLessIndented"],
  [
    "Block scalars with more-indented leading empty lines must use an explicit indentation indicator",
    "a: |\n    \n  b\n",
    "blockMoreIndentedStart",
  ],
  [
    "Comments must be separated from other tokens by white space characters",
    'a: "b"#c\n',
    "commentSpace",
  ],
  ["Could not resolve tag: …", "a: !b!c 1\n", "tagSyntax"],
  ["Implicit keys need to be on a single line", "a: 1\n  b: 2\n", "mapAlignment"],
  [
    "Implicit keys of flow sequence pairs need to be on a single line",
    "a: ['b\n  c': d]\n",
    "keyMultiline",
  ],
  ["Implicit map keys need to be followed by map values", "a: 1\nb\n", "missingColon"],
  ["Invalid escape sequence …", 'a: "\\d"\n', "badEscape"],
  ["Map comment with trailing content", "a: -\n|\n", "listAfterKey"],
  ["Missing , between … items", "['a' ? b]\n", "missingComma"],
  ["Missing , or : between … items", "a: {'b' 'c': 1}\n", "missingComma"],
  ['Missing closing "quote', 'a: "b\n', "quoteMissing"],
  ["Missing closing 'quote", "a: 'b\n", "quoteMissing"],
  ["Missing directives-end/doc-start indicator line", "%YAML 1.2\na: 1\n", "directiveEnd"],
  ["Missing newline after block sequence props", "&a - b\n", "listAfterProperties"],
  ["Missing space after : in …", "{- :#}\n", "blockInFlow"],
  ["Nested mappings are not allowed in compact mappings", "a: b: c\n", "mapAfterMap"],
  ["Not a YAML token: …", "a: | x\n  b\n", "unexpected"],
  ["Plain value cannot start with …", "a: @b\n", "unquoted"],
  ["Sequence item without - indicator", "- &a - b\n", "missingDash"],
  ["Tabs are not allowed as indentation", "a:\n\tb: 1\n", "tabIndentation"],
  [
    "Tags and anchors must be separated from the next token by white space",
    "a: !%\n",
    "propertySpace",
  ],
  [
    "The : indicator must be at most 1024 chars after the start of an implicit block mapping key",
    `${tooLongKey}: 1\n`,
    "keyTooLong",
  ],
  [
    "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key",
    `a: [${tooLongKey}: 1]\n`,
    "keyTooLong",
  ],
  ["The … tag has no suffix", "a: !! 1\n", "tagSyntax"],
  ["Unexpected , in …", "a: [b,, c]\n", "extraComma"],
  ["Unexpected block-seq-ind on same line with key", "a: - b\n", "listAfterKey"],
  ["Unexpected … at node end", "a: [b] c\n", "textAfterValue"],
  ["Unexpected … token", "'x'[:\n", "unexpected"],
  ["Unexpected … token in YAML document", "]\n", "unexpected"],
  ["Unexpected … token in YAML stream", "a: ]\n", "unexpected"],
  ["Unknown directive …", "%FOO\n---\na: 1\n"],
  ["Unresolved tag: …", "a: !b 1\n", "unknownForm"],
  ["Unsupported YAML version …", "%YAML 1.3\n---\na: 1\n"],
  ["Verbatim tags aren't resolved, so … is invalid.", "a: !<!> b\n", "tagSyntax"],
  ["Verbatim tags must end with a >", "a: !<b c\n", "tagSyntax"],
  [
    "… in block collection must be sufficiently indented and end with a …",
    "a: [1, 2\nb: 3\n",
    "unclosed",
  ],
  ["… must end with a …", "{a: 1\n", "unclosed"],
];

/** Messages that no known text leads to: some need options that we do not set. */
const withoutText: readonly string[] = [
  "Block scalar header not found",
  "Expected a flow scalar value, but found: …",
  "Expected a mapping for this tag",
  "Expected a sequence for this tag",
  "Flow end indicator should be more indented than parent",
  "Invalid block scalar header",
  "Map keys must be unique",
  "Missing directives-end indicator line",
  "Not a valid tag: …",
  "Parent collection not found",
  "Tried to pop an empty stack",
  "Unexpected doc-end without preceding document",
  "Unexpected empty item in …",
  "Unexpected token in block scalar header: …",
  "Unexpected … in …",
  "Unsupported token (type: …)",
  "Unsupported token …",
  "Value may be parsed as either … or …",
  "With stringKeys, all keys must be strings",
  "source is not a string",
  "… used for … collection, but expects …",
];

/** Parts of messages, and words that the package does not show. */
const parts: readonly string[] = [
  "%TAG … …",
  "%YAML …",
  "a tab character",
  "block scalar indicator …",
  "break visit",
  "directive indicator character %",
  "explicit indentation indicator",
  "first line",
  "flow indicator character ,",
  "flow map",
  "flow sequence",
  "remove item",
  "reserved character …",
  "skip children",
];

test("these are all messages of the package", () => {
  const listed = [...messages.map(([message]) => message), ...withoutText, ...parts];
  assert.equal(listed.sort(), packageMessages());
});

for (const [message, text, found] of messages) {
  test(`${message}: ${found ?? "nothing"}`, () => {
    assert.ok(packageSays(text).some(matches(message)), packageSays(text).join("\n"));
    const { findings } = reading(text);
    if (found === undefined) {
      assert.equal(findings, []);
    } else if (found === "unquoted") {
      assert.match(findings[0]!.message, /^a string that starts with '.' needs quotes$/);
    } else if (found === "unknownForm") {
      assert.equal(findings[0]?.code, "unknown-form");
    } else {
      assert.ok(findings.some(isAbout(found, text)), JSON.stringify(findings));
    }
  });
}

test.run();

/** All texts of more than one word in those of its files that read; `…` is where a value goes in. */
function packageMessages(): string[] {
  const files = readdirSync(packageFolder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(?:compose|parse|schema.common)\b.*\.js$|^doc.directives\.js$/.test(file),
  );
  const texts = files.flatMap((file) =>
    textsIn(parseAst(readFileSync(path.join(packageFolder, file), "utf8"))),
  );
  return [...new Set(texts)].filter((text) => /\w.* |… .*\w/.test(text)).sort();
}

/** String and template literals below a node of a syntax tree. */
function textsIn(node: unknown): string[] {
  if (Array.isArray(node)) {
    return node.flatMap(textsIn);
  }
  if (typeof node !== "object" || node === null) {
    return [];
  }
  if ("type" in node && node.type === "Literal" && "value" in node) {
    return typeof node.value === "string" ? [node.value] : [];
  }
  if ("type" in node && node.type === "TemplateLiteral" && "quasis" in node) {
    const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
    return [quasis.map(({ value }) => value.cooked).join("…"), ...textsIn(Object.values(node))];
  }
  return Object.values(node).flatMap(textsIn);
}

function packageSays(text: string): readonly string[] {
  const tags = ["!path", "!ref", "!mkForce"].map((tag) => ({
    tag,
    resolve: (value: string) => value,
  }));
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    prettyErrors: false,
    customTags: tags,
  });
  return (documents as readonly Document[]).flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map((error) => error.message),
  );
}

function matches(message: string): (said: string) => boolean {
  const pattern = message.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${pattern.join(".*")}(?::|$)`);
  return (said) => expression.test(said);
}

function isAbout(problem: SyntaxProblem, text: string): (finding: Finding) => boolean {
  return ({ message, place }) => {
    const { start, end } = place as Span;
    return message === syntaxError(place, problem, text.slice(start, end)).message;
  };
}
