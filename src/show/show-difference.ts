import type { Data } from "../model/data.js";
import { getOrInsertComputed } from "../model/maps.js";
import { sortedKeys } from "../model/name-order.js";
import { writePath } from "../model/setting-path.js";
import type {
  Change,
  Difference,
  MachineDifference,
  RoleDifference,
  RoleName,
} from "../questions/diff.js";
import { count, joinBlocks, lineWidth, type ShowOptions, wrap } from "./layout.js";
import { showValue } from "./show-value.js";
import { visible, width } from "./terminal.js";

/** A difference for people; machines that change in the same way are grouped. */
export function showDifference(difference: Difference, options: ShowOptions = {}): string {
  const { meta, added, removed, changed, redeploy, neighbours } = difference;
  const blocks = [
    [summary(difference)],
    meta.length > 0 ? ["~ meta", ...meta.flatMap(showChange)] : [],
    added.length > 0 ? wrap("+ ", added) : [],
    removed.length > 0 ? wrap("- ", removed) : [],
    ...groupAlike(changed, showMachine).map(({ names, lines }) => [...wrap("~ ", names), ...lines]),
    redeploy.length > 0 ? wrap("to deploy: ", redeploy) : [],
    neighbours.length > 0 ? [affected(neighbours)] : [],
  ];
  return joinBlocks(
    blocks.filter((lines) => lines.length > 0),
    options,
  );
}

export function summary({ added, removed, changed, unchanged }: Difference): string {
  return `${count(added.length, "machine")} added, ${removed.length} removed, ${Object.keys(changed).length} changed, ${unchanged} unchanged`;
}

export function affected(neighbours: readonly string[]): string {
  return `may also be affected (share an instance): ${count(neighbours.length, "machine")}`;
}

/** The machines, grouped by what `show` makes of how they change. */
export function groupAlike(
  changed: Difference["changed"],
  show: (difference: MachineDifference) => readonly string[],
): readonly { readonly names: readonly string[]; readonly lines: readonly string[] }[] {
  const groups = new Map<string, { names: string[]; lines: readonly string[] }>();
  for (const name of sortedKeys(changed)) {
    const lines = show(changed[name]!);
    getOrInsertComputed(groups, lines.join("\n"), () => ({ names: [], lines })).names.push(name);
  }
  return [...groups.values()];
}

function showMachine({ fields, tags, roles }: MachineDifference): readonly string[] {
  const tagWords = [...tags.gained.map((tag) => `+${tag}`), ...tags.lost.map((tag) => `-${tag}`)];
  return [
    ...fields.flatMap(showChange),
    ...roles.gained.map((role) => visible(`  + ${roleText(role)}`)),
    ...roles.lost.map((role) => visible(`  - ${roleText(role)}`)),
    ...roles.changed.flatMap(showRole),
    ...(tagWords.length > 0 ? wrap("  tags: ", tagWords) : []),
  ];
}

function showRole(difference: RoleDifference): readonly string[] {
  const { module, settings, extraModules } = difference;
  return [
    visible(`  ~ ${roleText(difference)}`),
    ...(module === undefined
      ? []
      : showChange({ path: ["module"], before: { ...module.before }, after: { ...module.after } })),
    ...settings.flatMap(showChange),
    ...(extraModules === undefined ? [] : showChange({ path: ["extraModules"], ...extraModules })),
  ];
}

export function roleText({ instance, role }: RoleName): string {
  return `${instance}.${role}`;
}

/** On one line if it fits, otherwise before and after on separate lines. */
function showChange({ path, before, after }: Change): readonly string[] {
  const name = `    ${writePath(path)}`;
  const line = visible(`${name}: ${side(before)} -> ${side(after)}`);
  if (width(line) <= lineWidth) {
    return [line];
  }
  return [
    visible(`${name}:`),
    visible(`      - ${side(before)}`),
    visible(`      + ${side(after)}`),
  ];
}

function side(value: Data | undefined): string {
  return value === undefined ? "(unset)" : showValue(value);
}
