import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { compile } from "../../src/index.js";
import type { DataMap } from "../../src/model/data.js";
import { writeYaml } from "../../src/text/yaml-writer.js";
import { fleetText } from "../fleet.js";
import { clanShape } from "./clan-shape.js";

/** The files that are measured, all in one folder. */
export interface Inputs {
  readonly folder: string;
  /** Machines of each fleet: `fleet-1000.yaml`, `fleet-1000.json`. */
  readonly sizes: readonly number[];
  /**
   * The mistakes of docs/mistakes.md by their name: `mistake-0.yaml`, `mistake-0.json`, …, and
   * `correct.yaml` and `correct.json` without any.
   */
  readonly mistakes: readonly string[];
}

/**
 * Writes fleets and mistakes as Clan takes them, without our short forms, so that a tool that
 * translates word by word makes what Clan reads. Of each fleet there is our output, too:
 * `resolved-1000.nix`, `declared-1000.nix`.
 */
export function writeInputs(folder: string, sizes: readonly number[]): Inputs {
  const write = (name: string, inventory: DataMap) => {
    writeFileSync(path.join(folder, `${name}.yaml`), writeYaml(inventory));
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(inventory, null, 2));
  };
  for (const machines of sizes) {
    const text = fleetText({ machines, format: "yaml", settings: "small" });
    const source = { name: "fleet.yaml", text };
    write(`fleet-${machines}`, JSON.parse(compile(source, { emit: "declared", to: "json" }).text!));
    for (const emit of ["resolved", "declared"] as const) {
      const file = path.join(folder, `${emit}-${machines}.nix`);
      writeFileSync(file, compile(source, { emit }).text!);
    }
  }
  const page: readonly { readonly mistake: string; readonly inventory: string }[] = parse(
    readFileSync("docs/mistakes.yaml", "utf8"),
  );
  for (const [index, { inventory }] of page.entries()) {
    write(`mistake-${index}`, clanShape(parse(inventory)));
  }
  write("correct", {
    machines: { web: {} },
    instances: { sshd: { roles: { server: { machines: { web: {} } } } } },
  });
  return { folder, sizes, mistakes: page.map(({ mistake }) => mistake) };
}
