/**
 * Completes package-lock.json for nixpkgs: `node nix/complete-lock.js`, after every change of
 * dependencies; with `--check` it only says what is missing, without network.
 *
 * `importNpmLock` of nixpkgs fetches each package that has `resolved`, and for that needs
 * `integrity`; it also needs `resolved` of each direct dependency. npm leaves out both now and
 * then: `resolved` under `omit-lockfile-registry-resolved`, and `integrity` of an optional package
 * that was not to be had when the lock was written. The URLs are those of the public registry,
 * whichever one npm is set to here: npm replaces them by the user's own registry (its setting
 * `replace-registry-host`), nixpkgs fetches from them.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const registry = "https://registry.npmjs.org";

const isCheck = process.argv.includes("--check");
const [file = fileURLToPath(new URL("../package-lock.json", import.meta.url))] = process.argv
  .slice(2)
  .filter((argument) => argument !== "--check");

const text = readFileSync(file, "utf8");
const lock = JSON.parse(text);
const packages = Object.fromEntries(
  Object.entries(lock.packages).map(([path, entry]) => [
    path,
    isFromRegistry(path, entry) ? complete(path, entry) : entry,
  ]),
);
const completed = `${JSON.stringify({ ...lock, packages }, null, 2)}\n`;

if (isCheck && completed !== text) {
  const incomplete = Object.keys(packages).filter(
    (path) => JSON.stringify(packages[path]) !== JSON.stringify(lock.packages[path]),
  );
  console.error(`${file} is not complete (run: node nix/complete-lock.js):`);
  console.error(incomplete.map((path) => `  ${path}`).join("\n"));
  process.exitCode = 1;
} else if (!isCheck) {
  writeFileSync(file, completed);
}

/** Whether npm fetches it as an archive from a registry: neither the project, a link, nor git. */
function isFromRegistry(path, { link, resolved = "" }) {
  return path !== "" && !link && /^(https?:.*\/-\/[^/]+\.tgz)?$/.test(resolved);
}

/** An entry with its keys in npm's order. */
function complete(path, { name, version, integrity: known, ...others }) {
  const { resolved: _replaced, ...rest } = others;
  const fullName = name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const integrity = known ?? (isCheck ? undefined : fetchIntegrity(`${fullName}@${version}`));
  if (integrity === undefined && !rest.optional) {
    throw new Error(`${path} has no 'integrity', and no optional package does without one`);
  }
  return {
    ...(name === undefined ? {} : { name }),
    version,
    // An optional package without a hash has no `resolved` either, so that nixpkgs leaves it out.
    ...(integrity === undefined ? {} : { resolved: archive(fullName, version), integrity }),
    ...rest,
  };
}

function archive(name, version) {
  return `${registry}/${name}/-/${name.replace(/^.*\//, "")}-${version}.tgz`;
}

/** What the registry says, or nothing if it does not have the package. */
function fetchIntegrity(spec) {
  try {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("npm", ["view", spec, "dist.integrity"], options).trim() || undefined;
  } catch {
    return undefined;
  }
}
