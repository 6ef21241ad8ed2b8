/** Texts that are there, apart from each other; `undefined` where there is none. */
export function paragraphs(texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined && text !== "");
  return said.length === 0 ? undefined : said.join("\n\n");
}

/** A name or value as it is. */
export function code(text: string): string {
  const longest = longestFence(text);
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text.replaceAll("\n", " ")}${pad}${fence}`;
}

/** Lines of YAML as they are. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(2, longestFence(text)) + 1);
  return `${fence}yaml\n${text}\n${fence}`;
}

function longestFence(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
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
