/** Only names reach Nix from an interpolated text, whatever is in it. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../src/index.js";
import fc from "./fast-check.js";
import { evaluate, withNix } from "./nix.js";

/** Pieces that could end a string, start code, or be taken for another character. */
const piece = fc.oneof(
  fc.constantFrom(
    "$",
    "$$",
    "${",
    "$${",
    "}",
    '"',
    "''",
    "\\",
    "\\$",
    "\n",
    "\r\n",
    "\t",
    "''${",
    "é",
    "🦊",
    "\u2028",
    "${self.a}",
    '${self."b c"}',
    '${self."}"}',
    '${self."\\${x}"}',
    "${self.a.b}",
    "${self.${self.a}}",
    "${builtins.abort}",
    '" + builtins.abort "x" + "',
    "${self.a}${self.a}",
  ),
  fc.string({ unit: "grapheme", maxLength: 5 }).filter((text) => !/[\0\ud800-\udfff]/u.test(text)),
);

const self = new Map<string, string>([
  ["self.a", 'VALUE ${x} "'],
  ['self."b c"', "b c"],
  ['self."}"', "brace"],
  ['self."\\${x}"', "dollar"],
]);

/** What the text means, by another way to read it; `undefined` where it is refused. */
function expected(text: string): string | undefined {
  let result = "";
  for (let rest = text; rest !== ""; ) {
    if (rest.startsWith("$${")) {
      result += "${";
      rest = rest.slice(3);
    } else if (rest.startsWith("${")) {
      const known = [...self.keys()].find((name) => rest.startsWith(`\${${name}}`));
      if (known === undefined) {
        return undefined;
      }
      result += self.get(known)!;
      rest = rest.slice(known.length + 3);
    } else {
      result += rest[0]!;
      rest = rest.slice(1);
    }
  }
  return result;
}

function outputOf(text: string): string | undefined {
  return compile([
    {
      name: "a.json",
      text: JSON.stringify({
        machines: ["m"],
        instances: {
          i: {
            module: { input: "self" },
            roles: { r: { machines: ["m"], settings: { x: { $interpolate: text } } } },
          },
        },
      }),
    },
  ]).text;
}

withNix(test)("hostile texts mean to Nix what they say, or are refused", () => {
  const texts = fc.sample(
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
    { numRuns: 3000 },
  );
  const results = texts.map((text) => ({ text, output: outputOf(text), wanted: expected(text) }));
  for (const { text, output, wanted } of results) {
    // A longer path of the same names is legal, and has no value here.
    const mayHaveMore = /\$\{self[."]/.test(text);
    assert.ok(
      wanted === undefined ? output === undefined || mayHaveMore : output !== undefined,
      text,
    );
  }
  const read = results.filter(({ wanted }) => wanted !== undefined);
  assert.ok(read.length > 1000);
  const values = evaluate(`
    let
      self = {
        a = "VALUE \\\${x} \\"";
        "b c" = "b c";
        "}" = "brace";
        "\\\${x}" = "dollar";
      };
      settings = file: (if builtins.isFunction file then file { inherit self; } else file)
        .instances.i.roles.r.machines.m.settings.x;
    in
    [ ${read.map(({ output }) => `(settings (${output}))`).join("\n")} ]
  `);
  assert.equal(
    values,
    read.map(({ wanted }) => wanted),
  );
});

test.run();
