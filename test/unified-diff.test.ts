import { test } from "uvu";
import * as assert from "uvu/assert";
import { unifiedDiff } from "../src/cli/unified-diff.js";
import fc from "./fast-check.js";

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${from + index}\n`).join("");

test("equal texts have no difference", () => {
  assert.is(unifiedDiff("a", "b", "x\ny", "x\ny"), "");
  assert.is(unifiedDiff("a", "b", "", ""), "");
});

test("shows three lines around a change, and distant changes in separate hunks", () => {
  assert.is(
    unifiedDiff(
      "a",
      "b",
      numbered(0, 20),
      `${numbered(0, 5)}five\n${numbered(6, 15)}new\n${numbered(15, 20)}`,
    ),
    `--- a
+++ b
@@ -3,7 +3,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
@@ -13,6 +13,7 @@
 12
 13
 14
+new
 15
 16
 17
`,
  );
});

test("joins changes whose surroundings meet", () => {
  const patch = unifiedDiff(
    "a",
    "b",
    numbered(0, 20),
    `${numbered(0, 5)}${numbered(6, 12)}${numbered(13, 20)}`,
  );
  assert.is(patch.match(/^@@.*$/gm)?.join(), "@@ -3,14 +3,12 @@");
});

test("says where the last newline is missing", () => {
  assert.is(
    unifiedDiff("a", "b", "x", "x\n"),
    `--- a
+++ b
@@ -1 +1 @@
-x
\\ No newline at end of file
+x
`,
  );
});

test("a patch turns the old text into the new one", () => {
  const text = fc
    .array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d"), { maxLength: 40 })
    .map((lines) => lines.join(""));
  fc.assert(
    fc.property(text, text, (old, now) =>
      assert.is(apply(old, unifiedDiff("a", "b", old, now)), now),
    ),
    { numRuns: 2000 },
  );
});

test("is as short as can be", () => {
  const old = "a\nb\nc\na\nb\nb\na\n";
  const now = "c\nb\na\nb\na\nc\n";
  assert.is(unifiedDiff("a", "b", old, now).match(/^[-+](?![-+])/gm)?.length, 5);
});

test("gives up looking for the shortest patch where texts share little", () => {
  const old = numbered(0, 100_000);
  const now = `new\n${numbered(0, 100_000).replace(/[13579]\n/g, "odd\n")}`;
  const patch = unifiedDiff("a", "b", old, now);
  assert.is(apply(old, patch), now);
  assert.is(patch.match(/^@@/gm)?.length, 1);
});

/** What `patch` does, without fuzz. */
function apply(old: string, patch: string): string {
  if (patch === "") {
    return old;
  }
  const lines = old.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let next = 0;
  for (const line of patch
    .replace(/\n\\ No newline at end of file\n/g, "\0")
    .match(/[^\n\0]*[\n\0]/g)!
    .slice(2)) {
    const text = line.slice(1).replace("\0", "");
    if (line.startsWith("@@")) {
      const [, start, length = "1"] = /^@@ -(\d+)(?:,(\d+))?/.exec(line)!;
      const first = Number(start) - (length === "0" ? 0 : 1);
      result.push(...lines.slice(next, first));
      next = first;
      continue;
    }
    if (!line.startsWith("+")) {
      assert.is(lines[next++], text);
    }
    if (!line.startsWith("-")) {
      result.push(text);
    }
  }
  return [...result, ...lines.slice(next)].join("");
}

test.run();
