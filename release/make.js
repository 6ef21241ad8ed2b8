/**
 * Makes what a release consists of, in `dist/release`: the npm package, every `.wasm` of `dist`, an
 * SBOM, and the checksums of all. `npm run build:release` checks everything before. `--tag TAG` is
 * for a release that goes out under this tag: nothing may stand against that. `--to FOLDER` writes
 * elsewhere.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const root = path.join(import.meta.dirname, "..");
const { values: flags } = parseArgs({
  options: {
    tag: { type: "string" },
    to: { type: "string", default: path.join(root, "dist/release") },
  },
});
const manifest = JSON.parse(read("package.json"));

rmSync(flags.to, { recursive: true, force: true });
mkdirSync(flags.to, { recursive: true });
npm("pack", "--ignore-scripts", "--silent", "--pack-destination", flags.to);
for (const module of readdirSync(path.join(root, "dist")).filter((name) =>
  name.endsWith(".wasm"),
)) {
  copyFileSync(path.join(root, "dist", module), path.join(flags.to, module));
}
writeFileSync(path.join(flags.to, "inventory2nix.cdx.json"), bill());
const checksums = readdirSync(flags.to).map((name) => `${sha256(name)}  ${name}\n`);
writeFileSync(path.join(flags.to, "SHA256SUMS"), checksums.join(""));

console.log(checksums.join(""));
const obstacles = findObstacles();
for (const obstacle of obstacles) {
  console.log(`not ready to be published: ${obstacle}`);
}
process.exitCode = flags.tag !== undefined && obstacles.length > 0 ? 1 : 0;

/** npm's SBOM of what everything is built from, without what differs from run to run. */
function bill() {
  const bill = JSON.parse(npm("sbom", "--sbom-format", "cyclonedx", "--package-lock-only"));
  delete bill.serialNumber;
  delete bill.metadata.timestamp;
  // npm takes the name of the folder.
  bill.metadata.component.name = manifest.name;
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function findObstacles() {
  const [, newest] = /^## (.+)$/m.exec(read("CHANGELOG.md"));
  return [
    manifest.homepage ? [] : ["package.json has no 'homepage', of which npm's links are made"],
    newest === manifest.version ? [] : [`CHANGELOG.md begins with '${newest}'`],
    [undefined, `v${manifest.version}`].includes(flags.tag)
      ? []
      : [`the tag of version ${manifest.version} is not '${flags.tag}'`],
  ].flat();
}

function sha256(name) {
  return createHash("sha256")
    .update(readFileSync(path.join(flags.to, name)))
    .digest("hex");
}

function read(file) {
  return readFileSync(path.join(root, file), "utf8");
}

function npm(...args) {
  return execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}
