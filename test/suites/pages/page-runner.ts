import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";
import * as assert from "uvu/assert";
import { isMap, isScalar, parseDocument, visit } from "yaml";
import { check } from "../../../src/index.js";
import { componentFile, python, wasmtime } from "../../component-hosts.js";
import type { Block } from "./markdown-blocks.js";

const root = path.join(import.meta.dirname, "../../..");
const inventoryKeys = ["meta", "machines", "tags", "instances"];
/** What stands around the fragments of Nix that pages show. */
const namesInNix = "{ self, inputs, inventory2nix, nixpkgs, pkgs, lib, system, config }:";

/** A folder in which the blocks of one page run, one after the other. */
export interface Page {
  readonly folder: string;
  /** What the last block that ran has printed. */
  printed: string;
}

/** A page's folder, with the package installed, its command on the PATH, and the component. */
export function startPage(folder: string): Page {
  mkdirSync(path.join(folder, "node_modules/.bin"), { recursive: true });
  const link = (target: string, name: string) =>
    existsSync(target) && symlinkSync(target, path.join(folder, name));
  link(root, "node_modules/inventory2nix");
  link(path.join(root, "node_modules/@types"), "node_modules/@types");
  link(path.join(root, "node_modules/undici-types"), "node_modules/undici-types");
  link(path.join(root, "dist/bin.js"), "node_modules/.bin/inventory2nix");
  link(wasmtime, "node_modules/.bin/wasmtime");
  link(componentFile, "inventory2nix.wasm");
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  return { folder, printed: "" };
}

/** Runs a block as its language is run, or checks it as far as that goes; fails if it is wrong. */
export function runBlock(page: Page, block: Block): void {
  const { language, text } = block;
  if (block.isOutput) {
    assertPrinted(page.printed, text);
    return;
  }
  page.printed = "";
  if (block.file !== undefined) {
    placeFile(path.join(page.folder, block.file), text);
  }
  const handler = languages[language];
  if (handler === undefined) {
    throw new Error(`no block is run as '${language}'`);
  }
  handler(page, block);
}

/** What a block needs that may be absent. */
export function needs({ language, text, notRun }: Block): { nix: boolean; files: string[] } {
  const isRun = notRun === undefined;
  return {
    nix: language === "nix" || (isRun && /^(\$ )?nix/m.test(text)),
    files: [
      ...(isRun && /inventory2nix(\.wasm|\/component)/.test(text) ? [componentFile] : []),
      ...(isRun && /^(\$ )?wasmtime /m.test(text) ? [wasmtime] : []),
      ...(language === "python" ? [python] : []),
    ],
  };
}

type Handler = (page: Page, block: Block) => void;

const languages: { readonly [language: string]: Handler } = {
  sh(page, { text, notRun }) {
    if (notRun !== undefined) {
      succeed(page, "bash", ["-n", "-c", text]);
    } else {
      page.printed = succeed(page, "bash", ["-c", `set -eo pipefail\n${text}`]);
    }
  },

  console(page, { text }) {
    for (const [, command, output] of text.matchAll(/^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)/gm)) {
      assertPrinted(run(page, "bash", ["-c", command!]).stdout, output!);
    }
  },

  ts: runProgram,
  js: runProgram,

  python(page, { text, notRun }) {
    const file = path.join(page.folder, "example.py");
    writeFileSync(file, text);
    page.printed = succeed(
      page,
      python,
      notRun === undefined ? [file] : ["-m", "py_compile", file],
    );
  },

  nix(page, { text }) {
    const isBindings = /;\s*(#.*\s*)?$/.test(text);
    const expression = isBindings ? `{\n${text}}` : text;
    succeed(page, "nix-instantiate", ["--parse", "--expr", `${namesInNix}\n${expression}`]);
  },

  yaml(page, { text, file }) {
    const document = parseDocument(text, { logLevel: "silent" });
    assert.equal(
      document.errors.map(({ message }) => message),
      [],
    );
    const isInventory = isMap(document.contents) && inventoryKeys.some((key) => document.has(key));
    if (file === undefined && isInventory) {
      const findings = check({ name: "inventory.yaml", text }).diagnostics;
      assert.equal(
        findings.map(({ message }) => message),
        [],
      );
    }
    visit(document, {
      Pair(_, { key, value }) {
        if (isScalar(key) && key.value === "run" && isScalar(value)) {
          succeed(page, "bash", ["-n", "-c", String(value.value)]);
        }
      },
    });
  },

  json(_, { text }) {
    JSON.parse(text);
  },

  html(_, { text }) {
    for (const [, map] of text.matchAll(/<script type="importmap">([^<]*)</g)) {
      JSON.parse(map!);
    }
  },

  rust() {},
  toml() {},
  text() {},
};

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2022"],
  types: ["node"],
  module: "NodeNext",
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
};

/** Checks the types of a program, and runs it. */
function runProgram(page: Page, { language, text, notRun }: Block): void {
  const name = `example.${language}`;
  writeFileSync(path.join(page.folder, name), text);
  const config = { compilerOptions, files: [name] };
  writeFileSync(path.join(page.folder, "tsconfig.json"), JSON.stringify(config));
  succeed(page, process.execPath, [path.join(root, "node_modules/typescript/bin/tsc")]);
  if (notRun === undefined) {
    const { code } = transformSync(text, { loader: language === "ts" ? "ts" : "js" });
    writeFileSync(path.join(page.folder, "example.mjs"), code);
    page.printed = succeed(page, process.execPath, ["example.mjs"]);
  }
}

/** A file that is there already, because a command wrote it, must be what the page shows. */
function placeFile(file: string, text: string): void {
  if (existsSync(file)) {
    assert.is(readFileSync(file, "utf8"), text);
  } else {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A line `…` of the page stands for any number of lines. */
function assertPrinted(printed: string, shown: string): void {
  const lines = shown.trimEnd().split("\n");
  const pattern = lines
    .map((line) => (line === "…" ? "(.*\n)*?" : `${line.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\n`))
    .join("");
  if (!new RegExp(`^${pattern}$`).test(`${printed.trimEnd()}\n`)) {
    assert.is(printed.trimEnd(), shown.trimEnd());
  }
}

function succeed(page: Page, program: string, args: readonly string[]): string {
  const { status, stdout, error } = run(page, program, args);
  assert.is(status, 0, error?.message ?? stdout);
  return stdout;
}

/** What a program prints to both outputs, in order. */
function run(page: Page, program: string, args: readonly string[]): SpawnSyncReturns<string> {
  const quoted = [program, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  return spawnSync("bash", ["-c", `exec ${quoted} 2>&1`], {
    cwd: page.folder,
    encoding: "utf8",
    timeout: 120_000,
    env: {
      ...process.env,
      NO_COLOR: "1",
      HOME: page.folder,
      GIT_CONFIG_GLOBAL: path.join(page.folder, ".gitconfig"),
      PATH: `${path.join(page.folder, "node_modules/.bin")}:${process.env["PATH"]}`,
    },
  });
}
