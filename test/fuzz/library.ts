import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import type { Source } from "../../src/index.js";
import { mutated } from "../arbitraries.js";
import { checkText } from "../fuzz.js";
import type { Front } from "./front.js";
import { inventoryTexts } from "./texts.js";

const texts = JSON.parse(
  readFileSync(new URL("../data/corpus.json", import.meta.url), "utf8"),
) as readonly string[];

/** Texts compile, or have mistakes at places in them. */
export const library: Front<Source> = {
  inputs: fc.record({
    name: fc.constant("inventory"),
    text: fc.oneof(mutated(fc.constantFrom(...texts)), inventoryTexts),
    format: fc.constantFrom("yaml", "json"),
  }),
  check: checkText,
};
