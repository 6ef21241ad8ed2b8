import { code } from "../../text/markdown.js";

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
