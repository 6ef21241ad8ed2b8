import { test } from "uvu";
import * as assert from "uvu/assert";
import { plan } from "../src/compile.js";
import { isDataMap, type Data, type DataMap } from "../src/document.js";
import { fingerprint } from "../src/fingerprint.js";
import { setEntry } from "../src/inventory.js";
import { compareNames } from "../src/names.js";
import type { Plan } from "../src/plan.js";
import { readFleets, sourceOf } from "./fleets.js";

for (const file of ["real.json", "conformance.json"]) {
  test(`plans for ${file} hold the tags and settings that Clan computed`, () => {
    const fleets = readFleets(file);
    assert.ok(fleets.length >= 12);
    for (const fleet of fleets) {
      const made = plan(sourceOf(fleet), { knownMachines: fleet.knownMachines }).plan!;
      const tags = Object.entries(made.machines).map(([machine, { tags }]) => `${machine}: ${tags.join(" ")}`);
      const expected = Object.entries(fleet.tags).map(([machine, names]) => `${machine}: ${[...names].sort(compareNames).join(" ")}`);
      assert.is(tags.sort().join("\n"), expected.sort().join("\n"), fleet.name);
      assert.is(fingerprint(settingsOf(made)), fingerprint(withMembers(fleet.settings)), fleet.name);
    }
  });
}

test.run();

/** Instance -> role -> machine -> settings, as the records have them. */
function settingsOf({ machines }: Plan): DataMap {
  const settings: { [instance: string]: { [role: string]: { [machine: string]: Data } } } = {};
  for (const [machine, { instances }] of Object.entries(machines)) {
    for (const [instance, { roles }] of Object.entries(instances)) {
      if (!Object.hasOwn(settings, instance)) setEntry(settings, instance, {});
      for (const [role, { settings: own }] of Object.entries(roles)) {
        const ofInstance = settings[instance]!;
        if (!Object.hasOwn(ofInstance, role)) setEntry(ofInstance, role, {});
        setEntry(ofInstance[role]!, machine, masked(own));
      }
    }
  }
  return settings;
}

/** The records may or may not show a role that has no member. */
function withMembers(settings: DataMap): DataMap {
  const pruned = (map: Data) => Object.fromEntries(Object.entries(map as DataMap).filter(([, part]) => Object.keys(part as DataMap).length > 0));
  return pruned(Object.fromEntries(Object.entries(settings).map(([instance, roles]) => [instance, pruned(roles)])));
}

/** Records have `@special` where a path, a reference or the content of a file is. */
function masked(data: Data): Data {
  if (Array.isArray(data)) return data.map(masked);
  if (!isDataMap(data)) return data;
  if (["$path", "$ref", "$fileContents"].some((form) => Object.hasOwn(data, form))) return "@special";
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, masked(value)]));
}
