/** Texts that are there, apart from each other; `undefined` where there is none. */
export function paragraphs(texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined && text !== "");
  return said.length === 0 ? undefined : said.join("\n\n");
}

/** A name or value as it is. */
export function code(text: string): string {
  const fence = fenceAround(text, 1);
  const pad = fence.length > 1 ? " " : "";
  return `${fence}${pad}${text.replaceAll("\n", " ")}${pad}${fence}`;
}

/** Lines as they are. */
export function codeBlock(language: string, text: string): string {
  const fence = fenceAround(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** At least so many backticks, more than there are in a row in the text. */
function fenceAround(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)];
  return "`".repeat(runs.reduce((most, [run]) => Math.max(most, run.length + 1), least));
}
