/**
 * What is offered where a text is not YAML, or not JSON. Each text in data/yaml-repairs.txt and
 * data/json-repairs.txt is followed by what is found in it, with its place and the title of its fix;
 * `‹a→b›` is what the fixes change.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { SourceFormat, TextEdit } from "../src/model/source.js";
import { applyEdits } from "../src/text/text-edit.js";
import { reading, shown, withoutCode } from "./reading.js";

for (const format of ["yaml", "json"] as const) {
  const file = path.join(import.meta.dirname, `data/${format}-repairs.txt`);
  const text = readFileSync(file, "utf8");
  const cases = [...text.matchAll(/(?<=^|\n\n)([^>][^]*?\n)(?:>.*\n)+/g)];

  test(`all of ${format}-repairs.txt is tested`, () => {
    assert.is(cases.map(([found]) => found).join("\n"), text);
  });

  for (const [found, marked] of cases) {
    const before = marked!.replace(/‹([^]*?)→[^]*?›/g, "$1");
    test(`${JSON.stringify(before)} is repaired`, () => {
      const after = marked!.replace(/‹[^]*?→([^]*?)›/g, "$1");
      assert.is(`${marked}${offersFor(before, format)}`, found);
      assert.is(fixed(before, format), after);
      assert.is(fixed(before.slice(0, -1), format), after.slice(0, -1));
      const crlf = before.replaceAll("\n", "\r\n");
      assert.is(fixed(crlf, format).replaceAll("\r\n", "\n"), after);
    });
  }
}

function offersFor(text: string, format: SourceFormat): string {
  const read = reading(text, { format });
  const titles = read.findings.map(({ fixes = [] }) =>
    fixes.map(
      ({ title, applicability }) =>
        `; ${title}${applicability === "unsafe" ? "" : ` (${applicability})`}`,
    ),
  );
  return shown(read)
    .map((finding, index) => `> ${withoutCode(finding)}${titles[index]!.join("")}\n`)
    .join("");
}

function fixed(text: string, format: SourceFormat): string {
  const { findings } = reading(text, { format });
  const edits = findings.flatMap(({ fixes = [] }) => (fixes[0]?.changes ?? []) as TextEdit[]);
  return applyEdits(
    text,
    edits.sort((a, b) => a.start - b.start),
  );
}

test.run();
