/**
 * Takes the services of the revisions of clan-core that the catalogue lacks into
 * `schema/clan-core.json` (the latest, with words) and `schema/clan-core-history.json` (what each
 * earlier one had in place of the next):
 *
 *     node schema/clan-core/import.js CLAN_CORE NIXPKGS [SINCE]
 *
 * `CLAN_CORE` is a clone with the history of its branch, `NIXPKGS` a folder that holds `lib`. Needs git, tar
 * and `nix-instantiate`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { toMovedData, toServiceData, withoutWords } from "./service-data.js";

const [clanCore, nixpkgs, since = "2025-06-01"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "clan-core-"));
const options = { maxBuffer: 2 ** 28, encoding: "utf8" };
// What the services are made of.
const parts = ["clanServices", "lib", "modules"];

const history = read("clan-core-history.json") ?? { earlier: [] };
const known = read("clan-core.json");
const [head] = revisions("-1");
const converter = checkOut(head);
const range = history.latest === undefined ? [`--since=${since}`] : [`${known.revision}..`];
let latest = history.latest && { ...known, ...history.latest };
for (const revision of revisions(...range, "--", ...parts).toReversed()) {
  const next = toCatalogue(revision, exportServices(revision));
  if (latest === undefined || isOther(latest, next)) {
    if (latest !== undefined) {
      history.earlier.unshift(changeTo(latest, next));
    }
    latest = next;
  } else {
    latest = { ...next, revision: latest.revision, since: latest.since };
  }
}
rmSync(folder, { recursive: true });

const { source, services, moved } = latest;
const date = new Date(head.time * 1000).toISOString().slice(0, 10);
write("clan-core.json", { source, revision: head.revision, date, services, moved });
write("clan-core-history.json", {
  latest: { revision: latest.revision, since: latest.since, until: head.time },
  earlier: history.earlier,
});

/** The revisions of the branch, the latest first. */
function revisions(...range) {
  const args = ["log", "--first-parent", "--format=%H %ct", ...range];
  return git(...args)
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ revision: line.slice(0, 40), time: Number(line.slice(41)) }));
}

function exportServices({ revision }) {
  const checkout = checkOut({ revision });
  const text = execFileSync(
    "nix-instantiate",
    // biome-ignore format: a flag and what follows it share a line
    [
      "--eval", "--strict", "--json",
      fileURLToPath(new URL("export.nix", import.meta.url)),
      "--argstr", "clanCore", checkout,
      "--argstr", "converter", converter,
      "--argstr", "nixpkgs", resolve(nixpkgs),
    ],
    options,
  );
  if (checkout !== converter) {
    rmSync(checkout, { recursive: true });
  }
  return JSON.parse(text);
}

/** What an export needs of a revision, as a folder that is named after it. */
function checkOut({ revision }) {
  const checkout = join(folder, revision);
  if (existsSync(checkout)) {
    return checkout;
  }
  const there = git("ls-tree", "--name-only", revision, ...parts);
  const archive = `${checkout}.tar`;
  git(
    "archive",
    "--prefix",
    `${revision}/`,
    "--output",
    archive,
    revision,
    ...there.trim().split("\n"),
  );
  execFileSync("tar", ["xf", archive, "-C", folder]);
  rmSync(archive);
  return checkout;
}

function toCatalogue({ revision, time }, exported) {
  const services = {};
  const moved = {};
  for (const [name, service] of Object.entries(exported)) {
    if (service.moved === undefined) {
      services[name] = toServiceData(service);
    } else {
      moved[name] = toMovedData(service.moved);
    }
  }
  return { source: "clan-core", revision, since: time, services, moved };
}

function isOther(a, b) {
  return JSON.stringify(bare(a)) !== JSON.stringify(bare(b));
}

function bare({ services, moved }) {
  return withoutWords({ services, moved });
}

/** What `older` had of the services that `newer` has otherwise, or has not; `null` where it had none. */
function changeTo(older, newer) {
  const { revision, since } = older;
  return { revision, since, ...changesIn("services"), ...changesIn("moved") };

  function changesIn(part) {
    const [before, after] = [bare(older)[part], bare(newer)[part]];
    const names = Object.keys({ ...before, ...after }).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    const changes = names.sort().map((name) => [name, before[name] ?? null]);
    return changes.length === 0 ? {} : { [part]: Object.fromEntries(changes) };
  }
}

function git(...args) {
  return execFileSync("git", ["-C", clanCore, ...args], options);
}

function read(name) {
  const file = new URL(`../${name}`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function write(name, data) {
  writeFileSync(new URL(`../${name}`, import.meta.url), `${JSON.stringify(data, null, 2)}\n`);
}
