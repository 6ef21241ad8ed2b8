import { test } from "uvu";
import * as assert from "uvu/assert";
import { attrs, binding, float, int, list, string } from "../src/nix/ast.js";
import { print } from "../src/nix/print.js";

test("prints attributes and lists as the formatter does", () => {
  const expr = attrs([
    binding("empty", list([])),
    binding("one", list([int(1)])),
    binding(["two", "a b"], list([int(-1), float(5e-324)])),
    binding("text", string('"${x}" $${\n')),
  ]);
  assert.is(
    print(expr),
    `{
  empty = [ ];
  one = [ 1 ];
  two."a b" = [
    (-1)
    (builtins.fromJSON "5e-324")
  ];
  text = "\\"\\\${x}\\" $\\\${\\n";
}
`,
  );
});

test.run();
