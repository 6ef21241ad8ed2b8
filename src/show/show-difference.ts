import type { Data } from "../model/data.js";
import { getOrInsertComputed } from "../model/maps.js";
import { sortedKeys } from "../model/name-order.js";
import { writePath } from "../model/setting-path.js";
import type {
  Change,
  Difference,
  MachineDifference,
  RoleDifference,
  RoleDifferences,
  RoleName,
} from "../questions/diff.js";
import { count, cut, joinBlocks, wrap } from "./layout.js";
import { showValue } from "./show-value.js";

/** A difference for people; machines that change in the same way are grouped. */
export function showDifference(difference: Difference): string {
  const { meta, added, removed, changed, unchanged, redeploy, neighbours } = difference;
  const changedNames = sortedKeys(changed);
  const blocks = [
    [
      `${count(added.length, "machine")} added, ${removed.length} removed, ${changedNames.length} changed, ${unchanged} unchanged`,
    ],
    meta.length > 0 ? ["~ meta", ...meta.flatMap(showChange)] : [],
    added.length > 0 ? wrap("+ ", added) : [],
    removed.length > 0 ? wrap("- ", removed) : [],
    ...groupAlike(changedNames, changed).map((names) => [
      ...wrap("~ ", names),
      ...showMachine(changed[names[0]!]!),
    ]),
    redeploy.length > 0 ? wrap("to deploy: ", redeploy) : [],
    neighbours.length > 0 ? wrap("may also be affected (share an instance): ", neighbours) : [],
  ];
  return joinBlocks(blocks.filter((lines) => lines.length > 0));
}

/** The names, grouped by difference. */
function groupAlike(
  names: readonly string[],
  changed: Difference["changed"],
): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  const numbers = new Map<string, number>();
  const known = new Map<RoleDifferences, number>();
  // Machines share what changes in their roles, which may be very much.
  const numberOf = (roles: RoleDifferences) =>
    getOrInsertComputed(numbers, showRoles(roles).join("\n"), () => numbers.size);
  for (const name of names) {
    const { roles, ...rest } = changed[name]!;
    const own = showMachine({ ...rest, roles: noRoles }).join("\n");
    const key = `${getOrInsertComputed(known, roles, numberOf)} ${own}`;
    getOrInsertComputed(groups, key, () => []).push(name);
  }
  return [...groups.values()];
}

const noRoles: RoleDifferences = { gained: [], lost: [], changed: [] };

function showMachine({ fields, tags, roles }: MachineDifference): readonly string[] {
  const tagWords = [...tags.gained.map((tag) => `+${tag}`), ...tags.lost.map((tag) => `-${tag}`)];
  return [
    ...fields.flatMap(showChange),
    ...showRoles(roles),
    ...(tagWords.length > 0 ? wrap("  tags: ", tagWords) : []),
  ];
}

function showRoles(roles: RoleDifferences): readonly string[] {
  return [
    ...roles.gained.map((role) => cut(`  + ${roleText(role)}`)),
    ...roles.lost.map((role) => cut(`  - ${roleText(role)}`)),
    ...roles.changed.flatMap(showRole),
  ];
}

function showRole(difference: RoleDifference): readonly string[] {
  const { module, settings, extraModules } = difference;
  return [
    cut(`  ~ ${roleText(difference)}`),
    ...(module === undefined
      ? []
      : showChange({ path: ["module"], before: { ...module.before }, after: { ...module.after } })),
    ...settings.flatMap(showChange),
    ...(extraModules === undefined ? [] : showChange({ path: ["extraModules"], ...extraModules })),
  ];
}

function roleText({ instance, role }: RoleName): string {
  return `${instance}.${role}`;
}

/** On one line if it fits, otherwise before and after on separate lines. */
function showChange({ path, before, after }: Change): readonly string[] {
  const name = `    ${writePath(path)}`;
  const line = `${name}: ${side(before)} -> ${side(after)}`;
  if (cut(line) === line) {
    return [line];
  }
  return [cut(`${name}:`), cut(`      - ${side(before)}`), cut(`      + ${side(after)}`)];
}

function side(value: Data | undefined): string {
  return value === undefined ? "(unset)" : showValue(value);
}
