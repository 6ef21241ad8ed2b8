import type { Data } from "../model/data.js";
import { writePath } from "../model/setting-path.js";
import type { Change, Difference, MachineDifference, RoleDifference } from "../questions/diff.js";
import { forTerminal } from "../text/escape.js";
import { code, codeBlock } from "../text/markdown.js";
import { joinLines } from "./layout.js";
import { affected, groupAlike, roleText, summary } from "./show-difference.js";
import { showValue } from "./show-value.js";

/**
 * A difference as Markdown, for a comment in a pull request: what changes is in a block of its own,
 * in which no name is read as Markdown. Of more changes than a comment can hold, the rest is counted.
 */
export function showDifferenceAsMarkdown(difference: Difference): string {
  const { meta, added, removed, changed, redeploy, neighbours } = difference;
  const groups = groupAlike(changed, showMachine);
  const pieces = [
    ...(meta.length > 0 ? [["@@ meta @@", ...meta.flatMap((change) => showChange(change))]] : []),
    ...added.map((name) => [`+ ${forTerminal(name)}`]),
    ...removed.map((name) => [`- ${forTerminal(name)}`]),
    ...groups.map(({ names, lines }) => [`@@ ${forTerminal(names.join(", "))} @@`, ...lines]),
  ];
  const { kept, left } = fit(pieces);
  return joinLines([
    `**${summary(difference)}**`,
    ...(pieces.length > 0 ? ["", ...codeBlock("diff", kept.join("\n")).split("\n")] : []),
    ...(left > 0 ? ["", `… and ${left} more, which do not fit into a comment`] : []),
    ...(redeploy.length > 0 ? ["", `To deploy: ${listed(redeploy)}`] : []),
    ...(neighbours.length > 0 ? ["", sentence(affected(neighbours))] : []),
  ]);
}

/** In UTF-16 units; GitHub takes comments of 65,536 characters. */
const maxLength = 60_000;

function fit(pieces: readonly (readonly string[])[]): {
  readonly kept: readonly string[];
  readonly left: number;
} {
  let length = 0;
  const fitting = pieces.findIndex((lines) => {
    length += lines.reduce((sum, line) => sum + line.length + 1, 0);
    return length > maxLength;
  });
  const end = fitting < 0 ? pieces.length : fitting;
  return { kept: pieces.slice(0, end).flat(), left: pieces.length - end };
}

/** The first names, each as code. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map((name) => code(forTerminal(name)));
  const rest = names.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

const maxNames = 50;

function showMachine({ fields, tags, roles }: MachineDifference): readonly string[] {
  return [
    ...fields.flatMap((change) => showChange(change)),
    ...roles.gained.map((role) => forTerminal(`+ ${roleText(role)}`)),
    ...roles.lost.map((role) => forTerminal(`- ${roleText(role)}`)),
    ...roles.changed.flatMap(showRole),
    ...tags.gained.map((tag) => forTerminal(`+ tag ${tag}`)),
    ...tags.lost.map((tag) => forTerminal(`- tag ${tag}`)),
  ];
}

function showRole(difference: RoleDifference): readonly string[] {
  const { module, settings, extraModules } = difference;
  const indented = (change: Change) => showChange(change, "  ");
  return [
    forTerminal(`  ${roleText(difference)}`),
    ...(module === undefined
      ? []
      : indented({ path: ["module"], before: { ...module.before }, after: { ...module.after } })),
    ...settings.flatMap(indented),
    ...(extraModules === undefined ? [] : indented({ path: ["extraModules"], ...extraModules })),
  ];
}

function showChange({ path, before, after }: Change, indent = ""): readonly string[] {
  const side = (sign: string, value: Data | undefined) =>
    value === undefined
      ? []
      : [forTerminal(`${sign} ${indent}${writePath(path)}: ${showValue(value)}`)];
  return [...side("-", before), ...side("+", after)];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
