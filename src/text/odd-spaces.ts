import type { Finding } from "../diagnostics/diagnostic.js";
import { oddSpace } from "../diagnostics/text-messages.js";
import type { Source } from "../model/source.js";
import { spaceLookalikes } from "../model/space-lookalikes.js";

/** Characters that look like spaces, where a space or nothing belongs: at indentation or a `:`. */
const misleading = new RegExp(
  `(?:^[ \\t]*(?:- +)*|^[^#'"\\n]*?[\\w"'\\])}-][ \\t]*:|^[ \\t]*-|(?<=["'\\])}])[ \\t]*)([${spaceLookalikes}\\ufeff][ \\t${spaceLookalikes}\\ufeff]*)`,
  "gm",
);
const anyOdd = new RegExp(`[${spaceLookalikes}]`);
const eachOdd = new RegExp(`[${spaceLookalikes}\\ufeff]`, "g");

/** The first such character in a text that cannot be read. */
export function findOddSpace(source: Source): Finding | undefined {
  const { text } = source;
  if (!anyOdd.test(text)) {
    return undefined;
  }
  const changes = [...text.matchAll(misleading)]
    .flatMap(({ index, 0: found, 1: run = "" }) => {
      const from = index + found.length - run.length;
      return Array.from(run.matchAll(eachOdd), (match) => from + match.index);
    })
    .filter((at) => at > 0)
    .map((start) => ({ start, end: start + 1, text: " " }));
  const [first] = changes;
  if (first === undefined) {
    return undefined;
  }
  const { start, end } = first;
  return oddSpace({ source, start, end }, text.charAt(start), changes);
}
