import { readFileSync } from "node:fs";
import { type Data, type DataMap, isDataMap } from "../src/model/data.js";
import { completeOptions } from "../src/model/options.js";
import { writeJson } from "../src/text/json-writer.js";
import { parse } from "../src/text/parse.js";

/** A fleet and what the real Clan made of it. */
export interface Fleet {
  readonly name: string;
  readonly inventory: Data;
  readonly knownMachines: { readonly [name: string]: "nixos" };
  /** Machine -> its tags. */
  readonly tags: { readonly [machine: string]: readonly string[] };
  /** Instance -> role -> machine -> its settings. */
  readonly settings: DataMap;
}

/** The fleets of a file in `test/data` that Clan accepts; numbers are as written. */
export function readFleets(file: string): readonly Fleet[] {
  const text = readFileSync(new URL(`data/${file}`, import.meta.url), "utf8");
  const records = parse({ name: file, text }, completeOptions({}).limits).document!
    .value as readonly DataMap[];
  return records
    .filter(({ error }) => error !== true)
    .map(({ name, inventory, knownMachines = [], tags, settings }) => ({
      name: name as string,
      inventory: inventory!,
      knownMachines: Object.fromEntries(
        (knownMachines as string[]).map((machine) => [machine, "nixos"]),
      ),
      tags: tags as Fleet["tags"],
      settings: settings as DataMap,
    }));
}

/** The inventory of a fleet as a source, one value per line. */
export function sourceOf({ name, inventory }: Pick<Fleet, "name" | "inventory">): {
  readonly name: string;
  readonly text: string;
} {
  return { name: `${name}.json`, text: writeJson(inventory) };
}

/** Records have `@special` where a path, a reference or the content of a file is. */
export function masked(data: Data): Data {
  if (Array.isArray(data)) {
    return data.map(masked);
  }
  if (!isDataMap(data)) {
    return data;
  }
  if (["$path", "$ref", "$fileContents"].some((form) => Object.hasOwn(data, form))) {
    return "@special";
  }
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, masked(value)]));
}
