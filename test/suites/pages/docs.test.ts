/** The blocks of code of the README and of docs/: each is run, or checked as far as that goes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { withFiles } from "../../component-hosts.js";
import { withNix } from "../../nix.js";
import { readBlocks } from "./markdown-blocks.js";
import { needs, runBlock, startPage } from "./page-runner.js";

const root = path.join(import.meta.dirname, "../../..");
/** Their texts are printed by the compiler, and compared where they are made. */
const generated = ["diagnostics.md", "mistakes.md"];
const pages = [
  "README.md",
  ...readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md") && !generated.includes(name))
    .map((name) => `docs/${name}`),
];
const folder = mkdtempSync(path.join(tmpdir(), "docs-"));

test.after(() => rmSync(folder, { recursive: true }));

for (const name of pages) {
  const page = startPage(mkdtempSync(path.join(folder, "page-")));
  for (const block of readBlocks(readFileSync(path.join(root, name), "utf8"))) {
    const { nix: needsNix, files } = needs(block);
    const runs = needsNix ? withNix(test) : withFiles(test, ...files);
    runs(`${name}:${block.line}, ${block.language}`, () => runBlock(page, block));
  }
}

const wrong: { readonly [mistake: string]: string } = {
  "a command that fails": "```sh\ntrue\nfalse\ntrue\n```",
  "a command that cannot be parsed": "```sh not run: needs a Clan\nif\n```",
  "another output": "```console\n$ echo a\nb\n```",
  "more output": "```console\n$ printf 'a\\nb'\na\n```",
  "another output of a block": "```sh\necho a\n```\n\n```text output\nb\n```",
  "another file than was written": "```sh\necho a > file\n```\n\n```text file\nb\n```",
  "a program with a wrong type": "```ts\nexport const port: number = '80';\n```",
  "a program that is not strict": "```js\nexport const twice = (n) => n + n;\n```",
  "a program that throws": "```js\nthrow new Error('no');\n```",
  "an inventory with a warning":
    "```yaml\nmachines: [a]\ninstances: { sshd: { roles: { server: { tags: [b] } } } }\n```",
  "a step that cannot be parsed": "```yaml\n- run: echo 'a\n```",
  "JSON with a comment": "```json\n{} // none\n```",
  "a language that nobody knows": "```nim\necho\n```",
  "a block without a language": "```\necho\n```",
  "a block without an end": "```sh\necho\n",
};

for (const [mistake, markdown] of Object.entries(wrong)) {
  test(`${mistake} is found`, () => {
    const page = startPage(mkdtempSync(path.join(folder, "page-")));
    assert.match(
      failure(() => readBlocks(markdown).forEach((block) => runBlock(page, block))),
      /./,
    );
  });
}

withNix(test)("an unknown name in Nix is found", () => {
  const page = startPage(mkdtempSync(path.join(folder, "page-")));
  const [good, bad] = ["self", "slef"].map((name) => readBlocks("```nix\na = " + name + ";\n```"));
  runBlock(page, good![0]!);
  assert.match(
    failure(() => runBlock(page, bad![0]!)),
    /undefined variable/,
  );
});

test("the lines that a page leaves out may be any", () => {
  const page = startPage(mkdtempSync(path.join(folder, "page-")));
  const [block] = readBlocks("```console\n$ seq 9\n1\n…\n9\n```");
  runBlock(page, block!);
});

test("npx names the version that the page is about", () => {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const name of pages) {
    for (const [line] of readFileSync(path.join(root, name), "utf8").matchAll(
      /^.*npx.*inventory2nix.*$/gm,
    )) {
      assert.ok(line.includes(`inventory2nix@${version} `), `${name}: ${line}`);
    }
  }
});

test.run();

/** `assert.throws` passes failed assertions on. */
function failure(run: () => void): string {
  try {
    run();
    return "";
  } catch (error) {
    return String(error);
  }
}
