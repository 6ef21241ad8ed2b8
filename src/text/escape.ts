/**
 * What a text from outside must not do to its reader: move the cursor, color or reorder what is on
 * a terminal, hide parts of itself, or give commands to the runner of GitHub Actions, which reads
 * every line that a step prints. One function for each reader.
 */

/** A text as it may be printed on a line: what would not be seen as it is, is replaced. */
export function forTerminal(text: string): string {
  if (!/[^\t\x20-\x7e]|##\[|^\s*::/.test(text)) {
    return text;
  }
  return text
    .replace(/[\0-\x08\x0a-\x1f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(unseen, replacement)
    .replace(loneJoiner, replacement)
    .replace(/##\[/g, `##${replacement}`)
    .replace(/^\s*::/, (start) => `${start.slice(0, -2)}${replacement}:`);
}

/** A text of several lines, each as it may be printed. */
export function linesForTerminal(text: string): string {
  const parts = text.split(/(\r?\n)/);
  return parts.map((part, index) => (index % 2 === 0 ? forTerminal(part) : part)).join("");
}

/** The message of a workflow command, whose lines are seen as on a terminal. */
export function forWorkflow(text: string): string {
  return linesForTerminal(text).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

/** A property of a workflow command, such as the name of a file. */
export function forWorkflowProperty(text: string): string {
  return forWorkflow(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

/** JSON whose strings hold nothing that a terminal obeys or does not show; it means the same. */
export function forJson(json: string): string {
  if (!/[^\n\x20-\x7e]|##\[/.test(json)) {
    return json;
  }
  const escaped = (char: string) =>
    char.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return json.replace(unseen, escaped).replace(loneJoiner, escaped).replace(/##\[/g, "##\\u005b");
}

const replacement = "\ufffd";

/**
 * DEL and C1 controls, marks of the writing direction, what has no width or no ink, tag characters,
 * and half characters.
 */
const unseen =
  /[\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Joiners that are not between the characters of a script or an emoji that needs them. */
const loneJoiner = /(?:^|(?<=[\0-\x7f]))[\u200c\u200d]+|[\u200c\u200d]+(?=[\0-\x7f]|$)/g;
