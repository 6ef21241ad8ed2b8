import { deflateRawSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromHash, toHash, toMarkdown } from "../playground/share.js";
import { defaultOptions, initialState, plainName, readState } from "../playground/state.js";

const files = [{ name: "inventory.yaml", text: "machines: [a]\n" }];
const linkOf = (data: unknown) =>
  `#1/${deflateRawSync(typeof data === "string" ? data : JSON.stringify(data)).toString("base64url")}`;

async function problemOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "none",
    (error: Error) => error.message,
  );
}

test("a link gives back what was shared", async () => {
  const state = initialState(files);
  assert.equal(await fromHash(await toHash(state, "1.2")), { state, version: "1.2" });
});

test("a link that would unpack to very much is refused, and none is made", async () => {
  const bomb = linkOf(`{"files":[{"name":"a","text":"${" ".repeat(2 ** 27)}"}]}`);
  assert.ok(bomb.length < 2 ** 18);
  assert.is(await problemOf(fromHash(bomb)), "it holds too much");
  assert.is(await problemOf(fromHash(`#1/${"A".repeat(2 ** 22)}`)), "it is too long");
  const large = initialState([{ name: "a.yaml", text: "x".repeat(2 ** 25) }]);
  assert.is(await problemOf(toHash(large, "1")), "it holds too much");
});

test("Markdown is made of a text that has all there is to escape", () => {
  const text = ["``` ".repeat(200_000), "````\n", "\n".repeat(1e6), "a\n\n"].join("");
  const markdown = toMarkdown({ files: [{ name: "a.yaml", text }] }, "https://x");
  assert.ok(markdown.startsWith("`a.yaml`:\n\n`````yaml\n``` "), markdown.slice(0, 50));
  assert.ok(markdown.endsWith("\na\n`````\n\n[Open in the playground](https://x)\n"));
});

test("files of a link stay in the folder that they are downloaded into", () => {
  for (const [name, expected] of [
    ["a/b.yaml", "a/b.yaml"],
    ["../../etc/passwd", "etc/passwd"],
    ["/etc/passwd", "etc/passwd"],
    ["a/../../b", "a/b"],
    ["..\\..\\b.yaml", "b.yaml"],
    ["C:\\Windows\\b.yaml", "Windows/b.yaml"],
    ["C:..\\b.yaml", "b.yaml"],
    ["a/ .. /b", "a/b"],
    ["a/.../b", "a/b"],
    ["a\0\x1b.yaml", "a.yaml"],
    ["..", "inventory.yaml"],
    ["", "inventory.yaml"],
  ] as const) {
    assert.is(plainName(name), expected);
    assert.is(readState({ files: [{ name, text: "" }] })?.files[0]?.name, expected);
  }
  assert.ok(plainName("a/".repeat(1000)).length <= 200);
});

test("options of a link that are not what they must be are the default ones", () => {
  const optionsOf = (options: object) => readState({ files, options })?.options;
  assert.equal(
    optionsOf({ emit: "evil", allowNix: "yes", services: 1, knownMachines: [], root: "/etc" }),
    defaultOptions,
  );
  assert.equal(optionsOf({ root: "a\nb", knownMachines: "m".repeat(20_000) }), defaultOptions);
  const given = {
    ...defaultOptions,
    emit: "declared",
    allowNix: true,
    root: "../x",
    knownMachines: "m",
  };
  assert.equal(optionsOf(given), given);
});

test("a link with more files than a page has room for is refused", () => {
  const many = Array.from({ length: 1001 }, () => files[0]);
  assert.is(readState({ files: many }), undefined);
});

test.run();
