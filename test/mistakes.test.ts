import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { mistakesPage, writeMistakesPage } from "./mistakes-page.js";

test("docs/mistakes.md is current (npm run docs)", () => {
  assert.is(readFileSync(mistakesPage, "utf8"), writeMistakesPage());
});

test.run();
