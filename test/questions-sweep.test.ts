/** Every question at every place of texts that are whole, cut off, or broken where one types. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { codeActions } from "../src/edit/actions-at.js";
import { prepareRename } from "../src/edit/rename.js";
import { type Analysis, analyze, type Range, type Source } from "../src/index.js";
import { complete } from "../src/questions/complete.js";
import { definition } from "../src/questions/definition.js";
import { highlights } from "../src/questions/highlights.js";
import { hover } from "../src/questions/hover.js";
import { references } from "../src/questions/references.js";
import { readCases } from "./cases.js";

/** Small inventories of all kinds, with mistakes and without: every place of all would take minutes. */
const cases = readCases()
  .map(({ sources }) => sources)
  .filter((sources) => sources.every(({ text }) => text.length < 600))
  .filter((_, index) => index % 8 === 0);

/** The places are far apart, and others in each case. */
const step = 19;

function rangesAt(analysis: Analysis, source: string, offset: number): readonly Range[] {
  const at = { source, offset };
  const shown = hover(analysis, at);
  if (shown !== undefined) {
    assert.ok(shown.range.start.offset <= offset && offset <= shown.range.end.offset);
    assert.not.match(shown.text, /undefined|\[object/);
  }
  const renamable = prepareRename(analysis, at);
  codeActions(analysis, { source, start: offset, end: offset });
  return [
    ...(shown === undefined ? [] : [shown.range]),
    ...(renamable === undefined ? [] : [renamable.range]),
    ...complete(analysis, at).items.map(({ edit }) => edit.range),
    ...definition(analysis, at),
    ...references(analysis, at).map(({ range }) => range),
    ...highlights(analysis, at).map(({ range }) => range),
  ];
}

function askAt(analysis: Analysis, sources: readonly Source[], name: string, offset: number): void {
  const lengths = new Map(sources.map(({ name, text }) => [name, text.length]));
  for (const { source, start, end } of rangesAt(analysis, name, offset)) {
    assert.ok(start.offset >= 0 && start.offset <= end.offset, `${name} at ${offset}`);
    assert.ok(end.offset <= lengths.get(source)!, `${name} at ${offset}`);
  }
}

test("no place of a text, whatever its state, has an answer outside of the texts", () => {
  let asked = 0;
  for (const [first, sources] of cases.entries()) {
    const whole = analyze(sources);
    for (const source of sources) {
      for (let at = first % step; at <= source.text.length; at += step) {
        const [before, after] = [source.text.slice(0, at), source.text.slice(at)];
        askAt(whole, sources, source.name, at);
        for (const text of [before, `${before}[${after}`]) {
          const broken = sources.map((other) => (other === source ? { ...other, text } : other));
          for (const earlier of [undefined, whole]) {
            askAt(analyze(broken, {}, earlier), broken, source.name, at);
          }
        }
        asked++;
      }
    }
  }
  assert.ok(asked > 50, `${asked}`);
});

test.run();
