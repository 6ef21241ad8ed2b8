/**
 * Reads JSON (RFC 8259) so that nothing is lost: integers to 64 bits, the difference of `1` and
 * `1.0`, duplicate keys. The native parser does the work where it suffices, and a scan of the text
 * finds positions; where it does not, the text is read into a tree.
 */
import { collect } from "../diagnostics/budget.js";
import type { Report } from "../diagnostics/diagnostic.js";
import type { Content } from "../model/document.js";
import type { Limits } from "../model/options.js";
import type { Source } from "../model/source.js";
import { withLooseBracket } from "./json/json-brackets.js";
import { JsonLocator } from "./json/json-locator.js";
import { readNatively } from "./json/json-native.js";
import { JsonReader } from "./json/json-reader.js";
import { locateInTree, treeValue } from "./json/json-tree.js";
import { jsonTree } from "./written-trees.js";

/**
 * Reads strict JSON and reports what is wrong with it; `undefined` where it cannot be read to its
 * end. Text that is not even well-formed goes to `otherwise`, if given, instead.
 */
export function parseJson(
  source: Source,
  limits: Limits,
  report: Report,
  otherwise?: () => Content | undefined,
): Content | undefined {
  const { text } = source;
  const native = readNatively(text, text.startsWith("\ufeff") ? 1 : 0, limits);
  if (native.kind === "refused" && otherwise !== undefined) {
    return otherwise();
  }
  if (native.kind === "exact") {
    const locator = new JsonLocator(text);
    const locate: Content["locate"] = (path, isKey) => locator.locate(path, isKey);
    const tree = () => locator.tree();
    return { value: native.value, ambiguous: [], unread: [], locate, tree };
  }
  const { result, findings } = collect((report) => {
    const reader = new JsonReader(source, limits, report);
    return { root: reader.read(), unread: reader.unread };
  });
  const ofBrackets = findings.length === 0 ? undefined : withLooseBracket(source, findings);
  for (const finding of ofBrackets ?? findings) {
    report(finding);
  }
  const { root, unread } = result ?? {};
  return ofBrackets === undefined && root !== undefined
    ? {
        value: treeValue(root),
        ambiguous: [],
        unread: unread!,
        locate: (path, isKey) => locateInTree(text, root, path, isKey),
        tree: () => jsonTree(root),
      }
    : undefined;
}
