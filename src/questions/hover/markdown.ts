/** Texts that are there, apart from each other; `undefined` where there is none. */
export function paragraphs(texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined && text !== "");
  return said.length === 0 ? undefined : said.join("\n\n");
}

/** A name or value as it is. */
export function code(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text.replaceAll("\n", " ")}${pad}${fence}`;
}

/** More names than these are no help. */
const mostNames = 20;

/** The first names, and how many others there are. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map(code).join(", ");
  const rest = names.length - mostNames;
  return rest <= 0 ? shown : `${shown} and ${rest} more`;
}

/** `1 machine`, `3 machines` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
