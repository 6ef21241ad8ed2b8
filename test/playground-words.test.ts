import { test } from "uvu";
import * as assert from "uvu/assert";
import { inPageWords } from "../playground/page-words.js";
import { analyze } from "../src/index.js";
import { readCases } from "./cases.js";

test("no help on the page speaks of the command's options", () => {
  const helps = readCases().flatMap(({ sources, options }) =>
    (["nix", "json"] as const).flatMap((to) =>
      analyze(sources, options)
        .emit(to)
        .diagnostics.flatMap(({ help }) => help ?? []),
    ),
  );
  assert.ok(helps.some((help) => /--to/.test(help)));
  for (const help of helps) {
    // Those of Nix are for a terminal, and of the command what the page cannot do.
    const own = inPageWords(help).replace(/nix eval [^;,]*|the command checks it with \S+ \S+/, "");
    assert.not.match(own, /--[a-z]/, help);
  }
});

test("a help without options stays as it is", () => {
  assert.is(inPageWords("did you mean 'mobile'?"), "did you mean 'mobile'?");
});

test.run();
