/**
 * The rules of the house that no compiler checks: which room may import which, so that the picture
 * in docs/architecture.md stays true.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

const folder = path.join(import.meta.dirname, "../src");

/**
 * What each room may import, types included; every room may import itself. The top counts as one.
 */
const rooms: { readonly [room: string]: string } = {
  model: "",
  generated: "model",
  diagnostics: "model generated",
  text: "model diagnostics generated",
  "module-system": "model",
  nix: "model text",
  catalogue: "model diagnostics text generated",
  passes: "model diagnostics module-system nix catalogue generated",
  questions: "model diagnostics text module-system catalogue",
  show: "model diagnostics text catalogue questions",
  top: "model generated diagnostics text nix catalogue passes questions edit show",
  edit: "model diagnostics text questions top",
  cli: "model diagnostics text catalogue questions edit show generated top",
  lsp: "model diagnostics questions edit generated top cli",
};

/** Packages, each with the only files that may import it. */
const packages: { readonly [name: string]: readonly string[] } = {
  "jsonc-parser": ["text/json-syntax"],
  "vscode-languageserver/node": ["lsp/protocol"],
  "vscode-languageserver-textdocument": ["lsp/protocol"],
  yaml: ["text/yaml/yaml-nodes"],
};

interface File {
  /** Below `src`, without its ending. */
  readonly name: string;
  readonly room: string;
  readonly text: string;
  /** What it imports, types included; files of `src` by their name. */
  readonly imports: readonly string[];
}

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll(path.sep, "/"))
  .sort()
  .map(readFile);
const names = new Set(files.map(({ name }) => name));

test("every folder is a room, and on top are the public file, what answers questions, and the pipeline", () => {
  assert.equal([...new Set(files.map(({ room }) => room))].sort(), Object.keys(rooms).sort());
  assert.equal(
    files.filter(({ room }) => room === "top").map(({ name }) => name),
    ["compile", "index", "pipeline"],
  );
});

for (const [room, allowed] of Object.entries(rooms)) {
  test(`${room} imports ${allowed || "no other room"}`, () => {
    const open = [room, ...allowed.split(" ")];
    for (const { name, imports } of files.filter((file) => file.room === room)) {
      const wrong = imports.filter(
        (imported) => names.has(imported) && !open.includes(roomOf(imported)),
      );
      assert.equal(wrong, [], `${name} imports ${wrong.join()}`);
    }
  });
}

test("no import leads in a circle", () => {
  const done = new Set<string>();
  const visit = (name: string, above: readonly string[]): void => {
    assert.not(above.includes(name), [...above, name].join(" -> "));
    if (done.has(name)) {
      return;
    }
    done.add(name);
    for (const imported of files.find((file) => file.name === name)?.imports ?? []) {
      visit(imported, [...above, name]);
    }
  };
  for (const { name } of files) {
    visit(name, []);
  }
  assert.ok(done.size >= files.length);
});

test("a pass takes only types from another pass; its own parts are in the folder of its name", () => {
  const passOf = (name: string) => name.split("/")[1];
  for (const { name, text } of files.filter(({ room }) => room === "passes")) {
    const foreign = specifiers(withoutTypes(text))
      .map((specifier) => path.posix.join(path.posix.dirname(name), specifier))
      .map((imported) => imported.replace(/\.js$/, ""))
      .filter((imported) => roomOf(imported) === "passes" && passOf(imported) !== passOf(name));
    assert.equal(foreign, [], name);
  }
});

test("the parts of a file, in the folder of its name, are those of its room", () => {
  const isPart = (name: string) => name.split("/").length > 2;
  for (const { name, room, imports } of files) {
    const foreign = imports.filter((imported) => isPart(imported) && roomOf(imported) !== room);
    assert.equal(foreign, [], name);
  }
  for (const { name } of files.filter(({ name }) => isPart(name))) {
    assert.ok(names.has(path.posix.dirname(name)), `${name} is a part of nothing`);
  }
});

test("no two files share a name", () => {
  const bases = files.map(({ name }) => path.posix.basename(name));
  assert.equal(
    bases.filter((base, index) => bases.indexOf(base) !== index),
    [],
  );
});

test("the constructors of messages are sorted by name", () => {
  for (const { name, text } of files.filter(({ name }) => name.endsWith("-messages"))) {
    const constructors = [...text.matchAll(/^export function (\w+)/gm)].map(([, constructor]) =>
      constructor!.toLowerCase(),
    );
    assert.ok(constructors.length > 2, name);
    assert.equal(constructors, [...constructors].sort(), name);
  }
});

test("each package is imported in one place, and Node only by the host that is Node", () => {
  for (const { name, imports } of files) {
    const foreign = imports.filter(
      (imported) => !names.has(imported) && !imported.startsWith("node:"),
    );
    for (const imported of foreign) {
      assert.ok(packages[imported]?.includes(name), `${name} imports ${imported}`);
    }
    if (name !== "cli/bin" && !name.startsWith("cli/node-")) {
      assert.equal(
        imports.filter((imported) => imported.startsWith("node:")),
        [],
        name,
      );
    }
  }
});

test("only validate asks the validator, and what looks for a repair that makes an inventory", () => {
  assert.equal(
    files
      .filter(({ imports }) => imports.includes("generated/validator.d"))
      .map(({ name }) => name),
    [
      "passes/validate",
      "passes/validate/misplaced",
      "passes/validate/shape-finding",
      "text/yaml/yaml-sense",
    ],
  );
});

test("the public file only re-exports, by name", () => {
  const { text } = files.find(({ name }) => name === "index")!;
  const lines = text
    .trim()
    .replace(/\{[^}]*\}/g, "{}")
    .split("\n");
  assert.equal(
    lines.filter((line) => !/^export (type )?\{\} from "\.\/[\w/-]+\.js";$/.test(line)),
    [],
  );
});

test("no file keeps state at its top level, or makes code while it runs", () => {
  for (const { name, text } of files) {
    assert.not(/^(export )?(let|var) |\beval\(|new Function\(/m.test(text), name);
  }
});

test("code is loaded while it runs in one place: the server, by the program", () => {
  const loads = files.flatMap(({ name, text }) =>
    [...text.matchAll(/\bimport\(([^)]*)\)/g)].map(([, loaded]) => `${name} loads ${loaded}`),
  );
  assert.equal(loads, ['cli/bin loads "../lsp/serve.js"']);
});

function readFile(file: string): File {
  const name = file.replace(/\.ts$/, "");
  const text = readFileSync(path.join(folder, file), "utf8");
  const resolve = (specifier: string) => {
    if (!specifier.startsWith(".")) {
      return specifier;
    }
    const imported = path.posix.join(path.posix.dirname(name), specifier).replace(/\.js$/, "");
    return imported.startsWith("generated/") ? `${imported}.d` : imported;
  };
  return { name, room: roomOf(name), text, imports: [...new Set(specifiers(text).map(resolve))] };
}

/** The folder of a file; `top` for files outside the rooms. */
function roomOf(name: string): string {
  return name.includes("/") ? name.slice(0, name.indexOf("/")) : "top";
}

function specifiers(text: string): string[] {
  return [...text.matchAll(/^(?:import|export) (?:[^;]*? from )?"([^"]+)";$/gm)].map(
    ([, specifier]) => specifier!,
  );
}

/** The text without imports that bring types only. */
function withoutTypes(text: string): string {
  return text.replace(
    /^(?:import|export) (?:type [^;]*?|\{(?:\s*type \w+,?)+\s*\}) from "[^"]+";$/gm,
    "",
  );
}

test.run();
