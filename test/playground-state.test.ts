import { test } from "uvu";
import * as assert from "uvu/assert";
import { readState, withOwnNames } from "../playground/state.js";

const namesOf = (files: readonly { readonly name: string }[] | null | undefined) =>
  files?.map(({ name }) => name);
const filesOf = (...names: readonly string[]) =>
  names.map((name, index) => ({ name, text: String(index) }));

test("files with the same name are renamed", () => {
  assert.equal(namesOf(withOwnNames(filesOf("a.yaml", "b.yaml", "a.yaml", "a.yaml"))), [
    "a.yaml",
    "b.yaml",
    "a-2.yaml",
    "a-3.yaml",
  ]);
  assert.equal(namesOf(withOwnNames(filesOf("a", "a", "in.d/a", "in.d/a", ".a", ".a"))), [
    "a",
    "a-2",
    "in.d/a",
    "in.d/a-2",
    ".a",
    ".a-2",
  ]);
  assert.equal(namesOf(withOwnNames(filesOf("a.yaml", "a.yaml", "a-2.yaml"))), [
    "a.yaml",
    "a-2.yaml",
    "a-2-2.yaml",
  ]);
  assert.equal(withOwnNames(filesOf("a", "a"))[1]!.text, "1");
});

test("a link or draft with two files of one name is read with two names", () => {
  const state = readState({
    files: filesOf("a.yaml", "a.yaml"),
    active: 1,
    baseline: filesOf("a.yaml", "a.yaml"),
  });
  assert.equal(namesOf(state?.files), ["a.yaml", "a-2.yaml"]);
  assert.equal(namesOf(state?.baseline), ["a.yaml", "a-2.yaml"]);
  assert.is(state?.active, 1);
});

test("an invalid state is refused", () => {
  for (const data of [null, 1, "x", {}, { files: [] }, { files: [{ name: "a.yaml" }] }]) {
    assert.is(readState(data), undefined);
  }
});

test.run();
