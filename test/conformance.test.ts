import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../src/index.js";
import { evaluate, withNix } from "./nix.js";

const modes = ["resolved", "declared"] as const;

/** A fleet and what the real Clan made of it; `test/conformance.nix` reads the rest. */
interface Fleet {
  readonly name: string;
  /** The inventory as written: `2.0` is not `2`. */
  readonly text: string;
  readonly knownMachines: readonly string[];
  /** Whether Clan refuses it. */
  readonly error: boolean;
}

for (const file of ["conformance.json", "real.json"]) {
  const fleets = readFleets(file);

  test(`${file} holds what is expected of it`, () => {
    assert.ok(fleets.length >= 12);
    assert.ok(fleets.every(({ name, text }) => name !== "" && text.startsWith("{")));
  });

  test(`what Clan accepts in ${file} compiles`, () => {
    for (const fleet of fleets.filter(({ error }) => !error)) {
      for (const emit of modes) {
        assert.type(compileFleet(fleet, emit).text, "string", `${fleet.name}, ${emit}`);
      }
    }
  });

  test(`what Clan refuses in ${file} is refused`, () => {
    for (const fleet of fleets.filter(({ error }) => error)) {
      const resolved = compileFleet(fleet, "resolved");
      assert.is(resolved.text, undefined, fleet.name);
      assert.ok(
        resolved.diagnostics.every(
          ({ severity, code }) => severity === "warning" || code === "settings-conflict",
        ),
        fleet.name,
      );
      // Strings that differ may suit the option, which only Nix knows.
      const declared = compileFleet(fleet, "declared");
      assert.ok(
        declared.diagnostics.some(({ code }) => code === "settings-conflict"),
        fleet.name,
      );
    }
  });

  withNix(test)(`${file} means in Nix what Clan made of it`, () => {
    const outputs = mkdtempSync(join(tmpdir(), "inventory2nix-"));
    try {
      for (const fleet of fleets.filter(({ error }) => !error)) {
        for (const emit of modes) {
          writeFileSync(
            join(outputs, `${fleet.name}.${emit}.nix`),
            compileFleet(fleet, emit).text!,
          );
        }
      }
      assert.equal(evaluate(comparison(path(`data/${file}`), outputs)), []);
    } finally {
      rmSync(outputs, { recursive: true });
    }
  });
}

test.run();

function comparison(records: string, outputs: string): string {
  return `import (/. + "${path("conformance.nix")}") {
    records = /. + "${records}";
    outputs = /. + "${outputs}";
    modes = [ ${modes.map((mode) => `"${mode}"`).join(" ")} ];
  }`;
}

function compileFleet(
  { name, text, knownMachines }: Fleet,
  emit: (typeof modes)[number],
): ReturnType<typeof compile> {
  const known = Object.fromEntries(knownMachines.map((machine) => [machine, "nixos" as const]));
  return compile({ name: `${name}.json`, text }, { emit, knownMachines: known });
}

function readFleets(file: string): readonly Fleet[] {
  const text = readFileSync(path(`data/${file}`), "utf8");
  // In these files each inventory has a line of its own.
  const inventories = text
    .split("\n")
    .filter((_, index, lines) => lines[index - 1]?.endsWith('"inventory":'));
  const fleets = JSON.parse(text) as readonly Partial<Fleet>[];
  return fleets.map(({ name = "", knownMachines = [], error = false }, index) => ({
    name,
    text: inventories[index]!,
    knownMachines,
    error,
  }));
}

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
