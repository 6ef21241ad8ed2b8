import type { Analysis, Data, Path, Range } from "../src/index.js";
import { isDataMap, valueAt } from "../src/model/data.js";
import { readPath, writePath } from "../src/model/setting-path.js";
import { occurrencesIn } from "../src/questions/occurrences.js";
import { type Focus, isLit } from "./focus.js";
import { explain } from "./plain-answers.js";

/** Where the files say what a focus is about. */
export function placesOf(analysis: Analysis, focus: Focus): readonly Range[] {
  const { machine, tag, instance, role } = focus;
  if (machine !== undefined && instance !== undefined) {
    return placesOfMember(analysis, { ...focus, machine, instance });
  }
  return instance !== undefined && role !== undefined && tag === undefined
    ? placesOfRole(analysis, { ...focus, instance, role })
    : placesOfName(analysis, focus);
}

/** Why a machine is a member, and what defines its settings. */
function placesOfMember(
  analysis: Analysis,
  {
    machine,
    instance,
    role,
    setting,
  }: Focus & { readonly machine: string; readonly instance: string },
): readonly Range[] {
  const { memberships = [] } = explain(analysis, { machine, instance }) ?? {};
  return memberships
    .filter((membership) => role === undefined || membership.role === role)
    .flatMap(({ reasons, settings = [] }) => [
      ...(setting === undefined ? reasons.map(({ range }) => range) : []),
      ...settings
        .filter(
          ({ path }) => setting === undefined || isLit({ setting }, { setting: writePath(path) }),
        )
        .flatMap(({ definitions }) => definitions.map(({ range }) => range)),
    ]);
}

/** The name of a role, or what defines its settings for any of its members. */
function placesOfRole(
  analysis: Analysis,
  { instance, role, setting }: Focus & { readonly instance: string; readonly role: string },
): readonly Range[] {
  return [...analysis.documents].flatMap(([source, document]) => {
    const own = ["instances", instance, "roles", role];
    if (document === undefined || valueAt(document.value, own) === undefined) {
      return [];
    }
    const members = ["machines", "tags"].flatMap((kind) =>
      keysOf(valueAt(document.value, [...own, kind])).map((name) => [...own, kind, name]),
    );
    const paths =
      setting === undefined
        ? [own]
        : [own, ...members].map((layer) => [...layer, "settings", ...readPath(setting)]);
    return paths
      .filter((path) => valueAt(document.value, path) !== undefined)
      .map((path) => analysis.rangeOf({ source, ...document.locate(path, true) }))
      .filter((range) => range !== undefined);
  });
}

/** A name in a text, by what it is of. */
export interface NamePlace {
  readonly kind: "machine" | "tag" | "instance" | "role";
  readonly from: number;
  readonly to: number;
}

/** Nobody sees the colours of more. */
const maxNames = 3_000;

/** The names in a file. */
export function namesIn({ documents }: Analysis, file: string): readonly NamePlace[] {
  const found = [...documents].find(([{ name }]) => name === file);
  const document = found?.[1];
  if (document === undefined) {
    return [];
  }
  const names = [...take(occurrencesIn(document.value), maxNames), ...rolesIn(document.value)];
  return names.map(({ kind, path, isKey }) => {
    const { start, end } = document.locate(path, isKey);
    return { kind, from: start, to: end };
  });
}

function* take<T>(items: Iterable<T>, most: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (++taken > most) {
      return;
    }
    yield item;
  }
}

function* rolesIn(data: Data): Generator<{ kind: "role"; path: Path; isKey: true }> {
  for (const instance of keysOf(valueAt(data, ["instances"]))) {
    for (const role of keysOf(valueAt(data, ["instances", instance, "roles"]))) {
      yield { kind: "role", path: ["instances", instance, "roles", role], isKey: true };
    }
  }
}

function keysOf(value: Data | undefined): readonly string[] {
  return isDataMap(value) ? Object.keys(value) : [];
}

/** Every place of the name, or of the names of several machines. */
function placesOfName(
  analysis: Analysis,
  { machine, machines = [], tag, instance }: Focus,
): readonly Range[] {
  const several = new Set(machines);
  return [...analysis.documents].flatMap(([source, document]) =>
    document === undefined
      ? []
      : [...occurrencesIn(document.value)]
          .filter(
            ({ kind, name }) =>
              name === { machine, tag, instance }[kind] ||
              (kind === "machine" && several.has(name)),
          )
          .map(({ path, isKey }) => analysis.rangeOf({ source, ...document.locate(path, isKey) }))
          .filter((range) => range !== undefined),
  );
}
