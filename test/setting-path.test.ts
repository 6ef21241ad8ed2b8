import { test } from "uvu";
import * as assert from "uvu/assert";
import { readPath, writePath } from "../src/model/setting-path.js";
import fc from "./fast-check.js";

test("writes keys as Nix does", () => {
  assert.is(
    writePath(["services", "a.b", 'say "hi" \\', 0, ""]),
    'services."a.b"."say \\"hi\\" \\\\".0.""',
  );
});

test("reads what it writes", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (keys) =>
      assert.equal(readPath(writePath(keys)), keys),
    ),
  );
});

test("takes a text that is not a path as one key", () => {
  assert.equal(readPath("a..b"), ["a..b"]);
  assert.equal(readPath('a"b'), ['a"b']);
  assert.equal(readPath("über uns.x"), ["über uns", "x"]);
});

test.run();
