/** Inventories with a cursor, for the tests of what editors ask. */
import { type Analysis, analyze, type CompileOptions, type Source } from "../src/index.js";
import type { At } from "../src/questions/view.js";

export interface Marked {
  readonly analysis: Analysis;
  readonly at: At;
}

/** The sources by their names; a `|` in one text is the cursor, and not part of it. */
export function marked(
  texts: { readonly [name: string]: string },
  options: CompileOptions = {},
  earlier?: Analysis,
): Marked {
  let at: At | undefined;
  const sources = Object.entries(texts).map(([name, text]): Source => {
    const offset = text.indexOf("|");
    if (offset < 0) {
      return { name, text };
    }
    at = { source: name, offset };
    return { name, text: text.replace("|", "") };
  });
  return { analysis: analyze(sources, options, earlier), at: at! };
}
