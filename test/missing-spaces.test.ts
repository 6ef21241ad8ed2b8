/** What people write without the spaces, or with spaces that are none, and what they are told. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";

/** The one mistake: where it is, and what helps. */
function mistake(text: string): string {
  const { diagnostics } = check({ name: "inventory.yaml", text }, { services: null });
  assert.is(diagnostics.length, 1, text);
  const { message, help, range } = diagnostics[0]!;
  return `${range.start.line}:${range.start.column} ${message}; ${help}`;
}

test("a colon without a space", () => {
  const help = "missing space after 'tags:'; write tags: [x]";
  assert.is(mistake("machines:\n  a:\n    tags:[x]\n"), `3:5 ${help}`);
  assert.not.match(mistake("machines: { a: { deploy: 'http://a' } }\n"), "space");
});

test("dashes without a space", () => {
  const help = "a space is missing after '-': write - web, or [web, prod]";
  assert.is(
    mistake("machines:\n  -web\n  -prod\n"),
    `2:3 expected a map or a list, found a string; ${help}`,
  );
  assert.is(
    mistake("machines:\n  a:\n    tags:\n      -web\n      -prod\n"),
    `4:7 expected a list, found a string; ${help}`,
  );
  assert.match(mistake("machines:\n  a:\n    tags: web, -prod\n"), 'write a list: [web, "-prod"]');
});

test("an alias as a key", () => {
  for (const entry of ["  *n: {}\n", "  *n:\n    tags: [a]\n", "  *n:\n  b:\n"]) {
    assert.is(
      mistake(`x-n: &n name\nmachines:\n${entry}`),
      "3:3 missing space before the ':' after an alias; a colon may be part of its name, so write a space: *name :",
    );
  }
  assert.match(mistake("x-n: &n name\nmachines: { *n: {} }\n"), /^2:13 missing space/);
});

test("several merge keys", () => {
  assert.is(
    mistake("x-a: &a {}\nmachines: { m: { <<: *a, <<: *a } }\n"),
    "2:26 duplicate key '<<'; merge several maps with one key: <<: [*a, *b]",
  );
});

test("no-break spaces for indentation", () => {
  assert.is(
    mistake("machines:\n  a:\n\u00a0\u00a0b:\n"),
    "3:1 U+00A0 is not a space in YAML; replace it with a space",
  );
});

test.run();
