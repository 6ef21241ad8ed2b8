/** What completion offers puts back what was deleted, and never breaks a text. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { places } from "../src/generated/shape.js";
import { analyze } from "../src/index.js";
import type { DataMap } from "../src/model/data.js";
import { predefinedTags } from "../src/model/machine-fields.js";
import type { Path } from "../src/model/origin.js";
import { type Completion, complete } from "../src/questions/complete.js";
import { occurrencesIn } from "../src/questions/occurrences.js";
import { inventory } from "./arbitrary-inventories.js";
import { type Dice, diceOf, jsonOf, pathsOf, styledYaml } from "./edit-texts.js";
import fc from "./fast-check.js";
import { documentOf, reading } from "./reading.js";

type Format = "yaml" | "json";

/** An inventory as a text in any style. */
const cases = fc
  .tuple(inventory({ forms: false }), fc.nat(), fc.constantFrom<Format>("yaml", "json"))
  .filter(([data]) => Object.keys(data).length > 0)
  .map(([data, seed, format]) => {
    const dice = diceOf(seed);
    const text = format === "yaml" ? styledYaml(data, dice) : jsonOf(data, dice);
    return { data, text, format, dice };
  });

test("a name or key that is deleted is offered, and put back byte by byte", () => {
  let restored = 0;
  fc.assert(
    fc.property(cases, ({ data, text, format }) => {
      const document = documentOf(reading(text, { format }));
      for (const { path, isKey, word } of wordsOf(data)) {
        const { start, end } = document.locate(path, isKey);
        const isQuoted = /["']/.test(text[start]!);
        const from = isQuoted ? start + 1 : start;
        const without = text.slice(0, from) + text.slice(isQuoted ? end - 1 : end);
        const shown = `${word} at ${from} of ${JSON.stringify(without)}`;
        const item = itemsAt(without, format, from).find(({ label }) => label === word);
        assert.ok(item, shown);
        assert.is(applied(without, item).text, text, shown);
        restored++;
      }
    }),
    { numRuns: 100 },
  );
  assert.ok(restored > 500, `${restored}`);
});

test("whatever is offered beside an entry leaves a text that can be read", () => {
  let read = 0;
  fc.assert(
    fc.property(cases, ({ data, text, format, dice }) => {
      const document = documentOf(reading(text, { format }));
      const keys = pathsOf(data).filter((path) => typeof path.at(-1) === "string");
      const key = keys[dice(keys.length)]!;
      const { start } = document.locate(key, true);
      const { before, cursor } = roomBefore(text, start);
      for (const item of someOf(itemsAt(before, format, cursor), dice)) {
        const { text: after, caret } = applied(before, item);
        const isEmpty = after.slice(0, caret).endsWith(": ");
        const filled = isEmpty ? `${after.slice(0, caret)}1${after.slice(caret)}` : after;
        const { findings } = reading(filled, { format });
        assert.equal(
          findings,
          [],
          `${item.label} in ${JSON.stringify(before)}: ${JSON.stringify(filled)}`,
        );
        read++;
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(read > 500, `${read}`);
});

test.run();

interface Word {
  readonly path: Path;
  readonly isKey: boolean;
  readonly word: string;
}

/** The keys of the fixed shape, and the names that occur in other places, too. */
function* wordsOf(data: DataMap): Generator<Word> {
  for (const path of pathsOf(data)) {
    const word = path.at(-1);
    if (typeof word === "string" && isKeyOfShape(path.slice(0, -1), word)) {
      yield { path, isKey: true, word };
    }
  }
  const all = occurrencesIn(data);
  for (const occurrence of all) {
    const { path, isKey, name, kind, isDeclaration } = occurrence;
    const others = all.filter(
      (other) => other !== occurrence && other.kind === kind && other.name === name,
    );
    const isTag = kind === "tag";
    const isKnown = isDeclaration
      ? others.length > 0
      : others.some((other) => other.isDeclaration || (isTag && other.path[0] === "machines")) ||
        (isTag && predefinedTags.includes(name));
    if (isKnown && kind !== "instance") {
      yield { path, isKey, word: name };
    }
  }
}

function isKeyOfShape(path: Path, key: string): boolean {
  const place = path.map((step, at) => (isName(path, at) ? "*" : step)).join(".");
  return (places[place] ?? []).includes(key);
}

/** Whether users choose the step of a path. */
function isName(path: Path, at: number): boolean {
  return at === 1 ? path[0] !== "meta" : path[0] === "instances" && (at === 3 || at === 5);
}

function itemsAt(text: string, format: Format, offset: number): readonly Completion[] {
  const source = { name: "inventory.yaml", text, format };
  return complete(analyze(source), { source: source.name, offset }).items;
}

/** The text with a line for an entry above another, or room before it on its line. */
function roomBefore(
  text: string,
  start: number,
): { readonly before: string; readonly cursor: number } {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const indent = text.slice(line, start);
  if (/^ *$/.test(indent)) {
    const eol = text.includes("\r\n") ? "\r\n" : "\n";
    return { before: text.slice(0, line) + indent + eol + text.slice(line), cursor: start };
  }
  return { before: `${text.slice(0, start)} ${text.slice(start)}`, cursor: start };
}

function someOf(items: readonly Completion[], dice: Dice): readonly Completion[] {
  const start = dice(Math.max(1, items.length - 5));
  return items.slice(start, start + 5);
}

function applied(
  text: string,
  { edit, additionalEdits, caret = edit.text.length }: Completion,
): { readonly text: string; readonly caret: number } {
  const edits = [edit, ...additionalEdits].sort(
    (a, b) => b.range.start.offset - a.range.start.offset,
  );
  const added = additionalEdits.reduce((length, { text }) => length + text.length, 0);
  return {
    text: edits.reduce(
      (whole, { range, text }) =>
        whole.slice(0, range.start.offset) + text + whole.slice(range.end.offset),
      text,
    ),
    caret: edit.range.start.offset + added + caret,
  };
}
