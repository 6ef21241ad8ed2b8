import * as fc from "fast-check";
import { writeYaml } from "../../src/text/yaml-writer.js";
import { inventory, mutated } from "../arbitrary-inventories.js";

const written = inventory({ forms: true }).map((data) => writeYaml(data));

/** What YAML, JSON and inventories are made of, in any order. */
const pieces = [
  ..."[]{},:-?|>#&*!'\"%@ \n\t\r~\ufeff",
  "a: ",
  "b",
  "- ",
  "? ",
  "&x ",
  "*x",
  "<<: ",
  "!mkForce ",
  "!value ",
  "\n  ",
  "\n    ",
  "---\n",
  '"a":',
  "machines:",
  "instances:",
  "roles:",
  "settings:",
  "values:",
  "${x}",
  "😀",
];
const jumbled = fc
  .array(fc.constantFrom(...pieces), { maxLength: 30, size: "max" })
  .map((pieces) => pieces.join(""));

/** Texts of inventories, most of them damaged. */
export const inventoryTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: written },
  { weight: 6, arbitrary: mutated(written) },
  { weight: 1, arbitrary: jumbled },
  {
    weight: 1,
    arbitrary: fc
      .tuple(written, jumbled, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([text, part, place]) => {
        const at = Math.floor(place * text.length);
        return text.slice(0, at) + part + text.slice(at);
      }),
  },
);

/** Names in these texts, and others. */
export const names: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("a", "b", "web-1", "t", "u", "all", "i", "x y", "r", "__proto__", "", "i.r"),
  fc.string({ unit: "binary", maxLength: 8 }),
);
