/**
 * Nothing recurses over, or spreads onto the stack, what input can make long. What does recurse, or
 * spread, is listed here with what keeps it short.
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { callsIn } from "./calls.js";

const calls = [...callsIn("src"), ...callsIn("wasm")];

/** Files with calls whose arguments are spread, with what bounds their number. */
const spreading: { readonly [file: string]: string } = {
  "src/cli/git-files": "the words of a command of git",
  "src/cli/help": "the flags of the command",
};

const values = "maps and lists nest at most 200 deep, and paths are no longer";
const schemas = "schemas nest as values do, and refer to each other in short chains";
const links = "the system follows a few dozen links";
const homonyms = "no recursion: functions or variables of one name";

/** Files with functions that call themselves, with what bounds how often. */
const recursing: { readonly [file: string]: string } = {
  "src/catalogue/add-words": schemas,
  "src/catalogue/check-schema": schemas,
  "src/catalogue/editor-service-schema": schemas,
  "src/catalogue/find-mismatches": values,
  "src/catalogue/pattern-syntax": "groups nest at most 50 deep",
  "src/catalogue/spot": schemas,
  "src/catalogue/text-pattern": "groups nest at most 50 deep",
  "src/cli/find-output": links,
  "src/cli/git-files": links,
  "src/cli/node-host": homonyms,
  "src/compile": homonyms,
  "src/diagnostics/gaps": values,
  "src/diagnostics/locate": homonyms,
  "src/diagnostics/sketch": values,
  "src/diagnostics/tracer": values,
  "src/diagnostics/words": "lists of scalars alone",
  "src/edit/adopt-companions": values,
  "src/edit/change-data": values,
  "src/edit/draft": homonyms,
  "src/edit/fix": homonyms,
  "src/edit/refactorings": homonyms,
  "src/lsp/document-symbols": "symbols nest as roles and their members do",
  "src/lsp/edit-text": homonyms,
  "src/lsp/places": homonyms,
  "src/lsp/positions": homonyms,
  "src/model/fingerprint": values,
  "src/model/join-lists": "lists of modules, joined where they are",
  "src/model/origin": homonyms,
  "src/model/repeated-text": values,
  "src/model/setting-schema": schemas,
  "src/model/value-to-data": values,
  "src/module-system/merge-definitions": values,
  "src/module-system/settle": values,
  "src/nix/inline": values,
  "src/nix/print": values,
  "src/passes/check-files": homonyms,
  "src/passes/check-services/origins-at": values,
  "src/passes/check-texts": values,
  "src/passes/generate": values,
  "src/passes/merge": values,
  "src/passes/read-forms/to-definitions": values,
  "src/passes/read-forms/to-module": values,
  "src/passes/read-forms/to-value": values,
  "src/passes/share-values": values,
  "src/passes/spell-out": values,
  "src/passes/validate/leave-out": values,
  "src/questions/diff": values,
  "src/questions/explain-settings": values,
  "src/questions/symbols": "sections, instances, roles and members",
  "src/show/show-plan": values,
  "src/show/show-services": schemas,
  "src/show/show-value": values,
  "src/text/edit": homonyms,
  "src/text/edit/edit-block": values,
  "src/text/edit/edit-content": values,
  "src/text/edit/edit-moves": values,
  "src/text/edit/edit-style": values,
  "src/text/json-syntax": values,
  "src/text/json-writer": values,
  "src/text/json/json-locator": values,
  "src/text/json/json-native": values,
  "src/text/json/json-reader": values,
  "src/text/json/json-tree": values,
  "src/text/offset-table": "the last record of a map or list is a scalar, or an empty list",
  "src/text/path-at": homonyms,
  "src/text/syntax": values,
  "src/text/table-syntax": values,
  "src/text/token-syntax": values,
  "src/text/written-trees": "no recursion: a node makes those inside when they are asked for",
  "src/text/yaml-writer": values,
  "src/text/yaml/yaml-condense": "each level is indented more, so that a megabyte holds few",
  "src/text/yaml/yaml-flow": values,
  "src/text/yaml/yaml-mistakes": homonyms,
  "src/text/yaml/yaml-problems": homonyms,
  "src/text/yaml/yaml-reader": values,
  "src/text/yaml/yaml-walk": values,
  "wasm/analysis": homonyms,
  "wasm/answers": values,
  "wasm/questions": "outlines nest as inventories do",
};

test("arguments are spread onto the stack only where they are few", () => {
  assert.equal(
    calls.filter(({ spreads }) => spreads.length > 0).map(({ file }) => file),
    Object.keys(spreading),
  );
});

test("functions call themselves only as often as something else is deep", () => {
  assert.equal(
    calls.filter(({ recursive }) => recursive.length > 0).map(({ file }) => file),
    Object.keys(recursing),
  );
});

test.run();
