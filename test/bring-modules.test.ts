/** `--modules`: what an export from Clan lacks. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { filesWith, run } from "./host.js";

const wrapped = { imports: [{ _file: "x", imports: [{}] }] };
const exported = JSON.stringify({
  machines: { a: { tags: [] } },
  instances: {
    common: {
      module: { name: "importer", input: null },
      roles: { default: { machines: { a: { settings: wrapped } }, settings: wrapped } },
    },
    other: {
      module: { name: "importer", input: null },
      roles: { default: { machines: { a: {} }, settings: wrapped } },
    },
  },
});

async function withModules(modules: unknown, ...args: string[]) {
  const files = filesWith({ "export.json": exported, "modules.json": JSON.stringify(modules) });
  return run(["export.json", "--to", "yaml", "--modules", "modules.json", ...args], { files });
}

test("files become paths, and others comments at their role", async () => {
  const { stdout, stderr } = await withModules({
    common: {
      default: ["/nix/store/0123-source/modules/a.nix", null, "modules/b.nix", null],
    },
    other: { default: [null] },
    gone: { default: ["/x.nix"] },
  });
  assert.is(
    stdout,
    `machines:
  - a
instances:
  common:
    module: importer
    roles:
      # TODO: extraModules: 2 modules that are not a file, beside 2 below
      default:
        extraModules:
          - !path ./modules/a.nix
          - !path ./modules/b.nix
        machines:
          - a
  other:
    module: importer
    roles:
      # TODO: extraModules: a module that is not a file
      default:
        machines:
          - a
`,
    stderr,
  );
});

test("a file of another shape is refused", async () => {
  for (const modules of [[], { common: ["a.nix"] }, { common: { default: [1] } }]) {
    const { exitCode, stderr } = await withModules(modules);
    assert.is(exitCode, 2);
    assert.match(stderr, /modules\.json: /);
  }
});

test("the file is an input, which the output must not replace", async () => {
  const { exitCode, stderr } = await withModules({}, "-o", "modules.json");
  assert.is(exitCode, 2);
  assert.match(stderr, "modules.json: this file is itself an input, which would be lost");
});

test.run();
