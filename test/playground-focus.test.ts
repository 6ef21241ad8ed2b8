import { test } from "uvu";
import * as assert from "uvu/assert";
import { linePaths } from "../playground/focus.js";

test("each line of an output has its path, quoted or not", () => {
  const text = [
    "{",
    "  machines = {",
    '    "a.b" = { };',
    "    c.tags = [",
    '      "x"',
    "    ];",
    "  };",
    "  meta.name = null;",
  ].join("\n");
  assert.equal(linePaths(text), [
    [],
    ["machines"],
    ["machines", "a.b"],
    ["machines", "c", "tags"],
    ["machines", "c", "tags"],
    ["machines", "c", "tags"],
    // What only closes belongs to what it closes.
    ["machines"],
    ["meta", "name"],
  ]);
});

test("a long line that is no key is read at once", () => {
  for (const part of ["a", '"a"', "a ", '"']) {
    assert.equal(linePaths(`  ${part.repeat(50_000)}`), [[]]);
  }
});

test.run();
