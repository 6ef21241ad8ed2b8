/** What `npm run build:release` makes after all checks. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = path.join(import.meta.dirname, "../../..");
const folder = mkdtempSync(path.join(tmpdir(), "release-"));
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
execFileSync(process.execPath, [path.join(root, "release/make.js"), "--to", folder]);

test.after(() => rmSync(folder, { recursive: true }));

test("a release has the package, the modules, an SBOM and the checksums", () => {
  const modules = readdirSync(path.join(root, "dist")).filter((name) => name.endsWith(".wasm"));
  assert.ok(modules.includes("inventory2nix.wasm"));
  assert.equal(
    readdirSync(folder).sort(),
    ["SHA256SUMS", `inventory2nix-${version}.tgz`, "inventory2nix.cdx.json", ...modules].sort(),
  );
});

test("the checksums are those of the other files", () => {
  const sums = readFileSync(path.join(folder, "SHA256SUMS"), "utf8");
  const expected = readdirSync(folder)
    .filter((name) => name !== "SHA256SUMS")
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name));
      return `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
    });
  assert.is(sums, expected.join(""));
});

test("the SBOM names the package and what is bundled into it", () => {
  const { metadata, components } = JSON.parse(
    readFileSync(path.join(folder, "inventory2nix.cdx.json"), "utf8"),
  );
  assert.is(metadata.component.purl, `pkg:npm/inventory2nix@${version}`);
  assert.is(metadata.component.name, "inventory2nix");
  const names = (components as readonly { readonly name: string }[]).map(({ name }) => name);
  for (const name of ["yaml", "jsonc-parser", "componentize-qjs"]) {
    assert.ok(names.includes(name), name);
  }
});

test("a release under another tag than the version's is refused", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(root, "release/make.js"), "--to", path.join(folder, "other"), "--tag", "v0.0.0"],
    { encoding: "utf8" },
  );
  assert.is(status, 1);
  assert.match(stdout, `the tag of version ${version} is not 'v0.0.0'`);
});

test.run();
