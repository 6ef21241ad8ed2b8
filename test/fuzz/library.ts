import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import {
  analyze,
  codeActions,
  complete,
  definition,
  highlights,
  hover,
  inlays,
  prepareRename,
  references,
  rename,
  type Source,
  symbols,
} from "../../src/index.js";
import { mutated } from "../arbitrary-inventories.js";
import { checkText } from "../fuzz.js";
import type { Front } from "./front.js";
import { inventoryTexts, names } from "./texts.js";

interface Call extends Source {
  /** Where an editor asks, and for which name. */
  readonly offset: number;
  readonly newName: string;
}

const texts = JSON.parse(
  readFileSync(new URL("../data/corpus.json", import.meta.url), "utf8"),
) as readonly string[];

/** Texts compile, or have mistakes at places in them; editors are answered at any offset. */
export const library: Front<Call> = {
  inputs: fc.record({
    name: fc.constant("inventory"),
    text: fc.oneof(mutated(fc.constantFrom(...texts)), inventoryTexts),
    format: fc.constantFrom("yaml", "json"),
    offset: fc.nat(500),
    newName: names,
  }),
  check: ({ offset, newName, ...source }) => {
    checkText(source);
    const analysis = analyze(source);
    const at = { source: source.name, offset };
    for (const question of [complete, hover, definition, references, highlights, prepareRename]) {
      question(analysis, at);
    }
    rename(analysis, at, newName);
    symbols(analysis, source.name);
    inlays(analysis, source.name);
    codeActions(analysis, { source: source.name, start: offset, end: offset });
  },
};
