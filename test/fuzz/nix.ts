import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { compile } from "../../src/index.js";
import type { Data } from "../../src/model/data.js";
import { writeJson } from "../../src/text/json-writer.js";
import { inventory } from "../arbitrary-inventories.js";
import { evaluate } from "../nix.js";
import { ensure, type Front } from "./front.js";

/** Nix reads what is printed, and as the same data where JSON can hold it; many at once, for speed. */
export const nix: Front<readonly Data[]> = {
  inputs: fc
    .boolean()
    .chain((forms) => fc.array(inventory({ forms }), { size: "max", maxLength: 60 })),
  check: (inventories) => {
    const holds = inventories.flatMap(toNix);
    const same = evaluate(`[ ${holds.join("\n")} ]`) as boolean[];
    ensure(
      same.every((isSame) => isSame),
      `Nix reads the same: ${holds[same.indexOf(false)]}`,
    );
  },
  ...(spawnSync("nix-instantiate", ["--version"]).error !== undefined && {
    lacks: "nix-instantiate",
  }),
};

/** What is true if Nix reads the output for an inventory as it should; nothing without output. */
function toNix(data: Data): readonly string[] {
  const source = { name: "inventory.json", text: writeJson(data) };
  const options = { services: null, knownMachines: {} };
  const { text } = compile(source, options);
  const json = compile(source, { ...options, to: "json" }).text;
  if (text === undefined) {
    return [];
  }
  return [
    json === undefined
      ? `(let it = (${text}); in builtins.isAttrs it || builtins.isFunction it)`
      : `((${text}) == builtins.fromJSON ${nixString(json)})`,
  ];
}

function nixString(text: string): string {
  return `"${text.replace(/["\\]|\$\{/g, "\\$&")}"`;
}
