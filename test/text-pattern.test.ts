import { test } from "uvu";
import * as assert from "uvu/assert";
import { TextPattern } from "../src/catalogue/text-pattern.js";
import fc from "./fast-check.js";

for (const pattern of [
  "^[a-zA-Z0-9._-]+$",
  "^(a|bc)*d?$",
  "a{2,3}",
  "^a{2}$",
  "^(?:x{0,2}y){2,}$",
  "^[^a-c]+$",
  "\\d+\\.\\w*",
  "^$|^a",
  "(a*)*b",
  "a+?b",
  "[]a-]",
  "[a\\]^-]",
  ".",
  "",
  "(|a)+$",
]) {
  const expected = pattern === "[]a-]" ? undefined : new RegExp(pattern, "u");
  test(`${pattern} matches what it should`, () => {
    const compiled = TextPattern.of(pattern);
    if (expected === undefined) {
      assert.is(compiled, undefined);
      return;
    }
    const letters = fc.constantFrom(..."abcdxy01._-]^\n 😀");
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), (chars) => {
        const text = chars.join("");
        assert.is(compiled!.matches(text), expected.test(text), JSON.stringify(text));
      }),
    );
  });
}

for (const pattern of [
  "(?=a)b",
  "(a)\\1",
  "\\bword\\b",
  "[[:alpha:]]",
  "(?<name>a)",
  "a**",
  "*",
  "(a",
  "a)",
  "a{1,",
  "\\p{L}",
  "(((a{1000}){1000}){1000})",
  "(((){9999}){9999}){9999}",
  "(".repeat(100) + ")".repeat(100),
  "a".repeat(2000),
]) {
  test(`${pattern.slice(0, 40)} is not heeded`, () => {
    assert.is(TextPattern.of(pattern), undefined);
  });
}

test("the time is linear in the text", () => {
  const text = `${"a".repeat(20_000)}!`;
  assert.is(TextPattern.of("^(a+)+$")!.matches(text), false);
  assert.is(TextPattern.of("^(a|a)*$")!.matches(text), false);
});

test.run();
