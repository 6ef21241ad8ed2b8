/** The rules of the house that no compiler checks: which file may import which, so that the README's picture stays true. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

const folder = path.join(import.meta.dirname, "../src");

/** What every file may import: types, data, and words about them. */
const common = ["budget", "catalogue", "diagnostics", "document", "fingerprint", "inventory", "lines", "maps", "names", "options", "setting-path", "setting-schema", "source", "suggest", "to-data"];

/** What else a file imports to run. A pass imports no other pass: only `compile` names them all. */
const imports: { readonly [file: string]: string } = {
  assemble: "definitions",
  compile: "assemble expand explain gaps generate locate merge nix/print parse plan read-catalogue serialize services text/json-writer text/yaml-writer unite validate",
  definitions: "",
  diff: "",
  "editor-schema": "",
  expand: "pattern",
  explain: "definitions pattern settle",
  export: "",
  filter: "pattern",
  format: "text/terminal",
  forms: "",
  gaps: "",
  generate: "nix/ast",
  graph: "text/terminal",
  index: "compile diff filter format graph read-catalogue show/difference show/explanation show/json show/plan",
  input: "",
  locate: "",
  merge: "definitions",
  mismatches: "",
  "nix/ast": "",
  "nix/print": "nix/ast",
  parse: "text/json text/yaml",
  pattern: "",
  plan: "settle",
  read: "export forms",
  "read-catalogue": "clan-core locate parse",
  serialize: "",
  services: "mismatches",
  settle: "definitions",
  unite: "",
  validate: "export gaps read validator",
};

interface File {
  /** Below `src`, without its ending. */
  readonly name: string;
  readonly text: string;
  /** What it imports, types apart; files of `src` by their name. */
  readonly imports: readonly string[];
}

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
  .sort()
  .map(readFile);
const byName = (name: string) => files.find((file) => file.name === name)!;

test("every file has its place in the table", () => {
  const listed = [...common, ...Object.keys(imports)].sort();
  assert.equal(files.map(({ name }) => name).filter((name) => !/^(cli|show|text)\//.test(name)).sort(), listed);
});

for (const [name, allowed] of Object.entries(imports)) {
  test(`${name} imports ${allowed === "" ? "nothing but what is common" : allowed}`, () => {
    assert.equal(byName(name).imports.filter((imported) => !common.includes(imported)), allowed.split(" ").filter(Boolean));
  });
}

test("what is common imports nothing that is not", () => {
  for (const name of common) assert.equal(byName(name).imports.filter((imported) => !common.includes(imported)), [], name);
});

test("the constructors of messages are sorted by name", () => {
  const names = [...byName("diagnostics").text.matchAll(/^export function (\w+)/gm)].map(([, name]) => name!.toLowerCase());
  assert.equal(names, [...names].sort());
  assert.ok(names.length > 50);
});

test("text/ and show/ know nothing of passes, only show/ of itself", () => {
  for (const { name, imports } of files) {
    const room = /^(text|show)\//.exec(name)?.[0];
    if (room === undefined) continue;
    const others = imports.filter((imported) => !common.includes(imported) && imported !== "yaml" && !imported.startsWith("text/"));
    assert.equal(room === "show/" ? others.filter((imported) => !imported.startsWith("show/")) : others, [], name);
  }
});

test("only the YAML reader imports yaml, only validate the validator, only the command line Node and itself", () => {
  const importersOf = (matches: (imported: string) => boolean) => files.filter(({ imports }) => imports.some(matches)).map(({ name }) => name);
  assert.equal(importersOf((imported) => imported === "yaml"), ["text/yaml-nodes"]);
  assert.equal(importersOf((imported) => imported === "validator"), ["validate"]);
  assert.equal(importersOf((imported) => imported.startsWith("node:") || imported.startsWith("cli/")).filter((name) => !name.startsWith("cli/")), []);
});

test("nothing else is imported from packages", () => {
  const packages = new Set(files.flatMap(({ text }) => specifiers(text)).filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:")));
  assert.equal([...packages], ["yaml"]);
});

test("the public file only re-exports, by name", () => {
  const lines = byName("index").text.trim().replace(/\{[^}]*\}/g, "{}").split("\n");
  assert.equal(lines.filter((line) => !/^export (type )?\{\} from "\.\/[\w/-]+\.js";$/.test(line)), []);
});

test("no file keeps state at its top level, or loads code while it runs", () => {
  for (const { name, text } of files) assert.not(/^(export )?(let|var) |\bimport\(|\beval\(|new Function\(/m.test(text), name);
});

function readFile(file: string): File {
  const name = file.replace(/\.ts$/, "");
  const text = readFileSync(path.join(folder, file), "utf8");
  const resolve = (specifier: string) => (specifier.startsWith(".") ? path.posix.join(path.posix.dirname(name), specifier).replace(/\.js$/, "") : specifier);
  const imports = [...new Set(specifiers(withoutTypes(text)).map(resolve))].sort();
  return { name, text, imports };
}

function specifiers(text: string): string[] {
  return [...text.matchAll(/^(?:import|export) (?:[^;]*? from )?"([^"]+)";$/gm)].map(([, specifier]) => specifier!);
}

/** The text without imports that bring types only. */
function withoutTypes(text: string): string {
  return text.replace(/^(?:import|export) (?:type [^;]*?|\{(?:\s*type \w+,?)+\s*\}) from "[^"]+";$/gm, "");
}

test.run();
