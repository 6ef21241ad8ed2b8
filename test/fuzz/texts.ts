import * as fc from "fast-check";
import { writeYaml } from "../../src/text/yaml-writer.js";
import { inventory, mutated } from "../arbitraries.js";

const written = inventory({ forms: true }).map((data) => writeYaml(data));

/** Texts of inventories, most of them damaged. */
export const inventoryTexts: fc.Arbitrary<string> = fc.oneof(written, {
  weight: 3,
  arbitrary: mutated(written),
});

/** Names in these texts, and others. */
export const names: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("a", "b", "web-1", "t", "u", "all", "i", "x y", "r", "__proto__", "", "i.r"),
  fc.string({ unit: "binary", maxLength: 8 }),
);
