import { test } from "uvu";
import * as assert from "uvu/assert";
import { LineIndex } from "../src/diagnostics/line-index.js";
import { commonFolder } from "../src/model/paths.js";

const sources = (...names: string[]) => names.map((name) => ({ name, text: "" }));

test("lines and columns count from 1, in UTF-16 units", () => {
  const text = "a\r\n🚀b\n";
  const index = new LineIndex(text);
  assert.equal(index.position(0), { line: 1, column: 1, offset: 0 });
  assert.equal(index.position(text.indexOf("b")), { line: 2, column: 3, offset: 5 });
  assert.equal(index.position(text.length), { line: 3, column: 1, offset: 7 });
});

test("positions can be asked for in any order", () => {
  const index = new LineIndex("a\nb\nc");
  assert.equal(
    [4, 0, 2, 5].map((offset) => index.position(offset).line),
    [3, 1, 2, 3],
  );
});

test("the end of a long last line is looked for once", () => {
  const index = new LineIndex(`\n${" ".repeat(1_000_000)}`);
  const offsets = Array.from({ length: 100_000 }, (_, count) => count * 10 + 1);
  assert.ok(offsets.every((offset) => index.position(offset).column === offset));
  assert.equal(index.position(1_000_001), { line: 2, column: 1_000_001, offset: 1_000_001 });
});

test("sources in one folder have that folder in common", () => {
  assert.equal(commonFolder(sources("inventory/a.yaml", "./inventory/b.yaml")), {
    root: "inventory",
    folders: ["", ""],
  });
  assert.equal(commonFolder(sources("inventory.yaml")), { root: ".", folders: [""] });
});

test("a source knows its folder below the common one", () => {
  assert.equal(commonFolder(sources("sites/berlin/a.yaml", "sites/b.yaml")), {
    root: "sites",
    folders: ["/berlin", ""],
  });
  assert.equal(commonFolder(sources("/etc/a.yaml", "/srv/x/b.yaml")), {
    root: "/",
    folders: ["/etc", "/srv/x"],
  });
});

test("a path says where a source is if its name does not", () => {
  const mixed = [
    { name: "../b.yaml", path: "/home/me/b.yaml", text: "" },
    { name: "a.yaml", path: "/home/me/fleet/a.yaml", text: "" },
  ];
  assert.equal(commonFolder(mixed), { root: "/home/me", folders: ["", "/fleet"] });
});

test.run();
