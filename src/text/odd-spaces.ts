import type { Finding } from "../diagnostics/diagnostic.js";
import { oddSpace } from "../diagnostics/text-messages.js";
import type { Source } from "../model/source.js";
import { spaceLookalikes } from "../model/space-lookalikes.js";

/** Characters that look like spaces, where a space or nothing belongs: at indentation or a `:`. */
const misleading = new RegExp(
  `(?:^[ \\t]*(?:- +)*|^[^#'"\\n]*?[\\w"'\\])}-][ \\t]*:|^[ \\t]*-)[${spaceLookalikes}\\ufeff]`,
  "gm",
);
const oddSpaces = new RegExp(`[${spaceLookalikes}]`);

/** The first such character in a text that cannot be read. */
export function findOddSpace(source: Source): Finding | undefined {
  const { text } = source;
  if (!oddSpaces.test(text)) {
    return undefined;
  }
  const places = [...text.matchAll(misleading)]
    .map((match) => match.index + match[0].length - 1)
    .filter((at) => at > 0)
    .map((start) => ({ start, end: start + 1 }));
  const [first] = places;
  return first && oddSpace({ source, ...first }, text.charAt(first.start), places);
}
