import { test } from "uvu";
import * as assert from "uvu/assert";
import { didYouMean, nearest, Ration } from "../src/diagnostics/suggest.js";

test("the nearest names come best first, at most three", () => {
  assert.equal(nearest("lapto", ["desktop", "laptop", "lamp"]), ["laptop"]);
  assert.equal(nearest("server", ["severs", "serve", "servers", "sever", "service"]), [
    "serve",
    "servers",
    "sever",
  ]);
});

test("swapped letters and letter case count little", () => {
  assert.equal(nearest("anyof", ["allOf", "anyOf"])[0], "anyOf");
  assert.equal(nearest("tgas", ["tags", "name"]), ["tags"]);
});

test("what a name is called elsewhere is the nearest", () => {
  assert.equal(nearest("class", ["classes", "machineClass"]), ["machineClass"]);
  assert.equal(nearest("macOS", ["nixos", "darwin"]), ["darwin"]);
  assert.equal(nearest("class", ["classes"]), ["classes"]);
});

test("a name without anything near gets no suggestion", () => {
  assert.is(didYouMean(nearest("x", ["laptop", "server"])), "");
  assert.is(didYouMean(nearest("laptop", ["laptop"])), "");
});

test("short names are near only if two letters stay", () => {
  assert.equal(nearest("a", ["b", "c", "ab"]), []);
  assert.equal(nearest("n1", ["n2", "n", "m1"]), []);
  assert.equal(nearest("pc", ["cp", "pcs", "ps"]), ["cp", "pcs"]);
  assert.equal(nearest("nsa", ["nas", "nba", "ns", "was"]), ["nas", "nba", "ns"]);
});

test("a name that differs in letter case only is the one", () => {
  assert.equal(nearest("A", ["a", "b"]), ["a"]);
  assert.equal(nearest("Nas", ["nas", "was"]), ["nas"]);
});

test("suggestions read as a sentence", () => {
  assert.is(didYouMean(nearest("lapto", ["laptop"])), "; did you mean 'laptop'?");
  assert.is(didYouMean(nearest("web-3", ["web-1", "web-2"])), "; did you mean 'web-1' or 'web-2'?");
  assert.is(didYouMean(nearest("emti", ["emit"]), "--"), "; did you mean '--emit'?");
});

test("of many long names only the first get suggestions", () => {
  const known = Array.from({ length: 1000 }, (_, index) => `${"ab".repeat(48)}${index}`);
  const near = new Ration().of(known);
  const suggestions = known.map((name) => nearest(`${name}x`, near));
  assert.is(suggestions[0]![0], known[0]);
  assert.equal(suggestions.at(-1), []);
});

test("all names can always be compared once, and few of them many times", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `${"name".repeat(20)}${index}`);
  assert.is(nearest(`${many[7]!}x`, new Ration().of(many))[0], many[7]);
  const few = new Ration().of(["laptop", "server"]);
  for (let count = 0; count < 1000; count++) {
    assert.equal(nearest("lapto", few), ["laptop"]);
  }
});

test("what is left for comparing is left for all lists together", () => {
  const ration = new Ration();
  const many = Array.from({ length: 20_000 }, (_, index) => `${"name".repeat(20)}${index}`);
  const few = ration.of(["laptop"]);
  assert.equal(nearest("lapto", few), ["laptop"]);
  assert.is(nearest(`${many[7]!}x`, ration.of(many))[0], many[7]);
  assert.equal(nearest("lapto", few), []);
});

test("of a long name, eight letters may be wrong", () => {
  const name = "abcdefgh".repeat(4);
  assert.equal(nearest(name, [name.replaceAll("a", "-").replaceAll("b", "-")]).length, 1);
  assert.equal(nearest(name, [name.replaceAll(/[abc]/g, "-")]), []);
});

test.run();
