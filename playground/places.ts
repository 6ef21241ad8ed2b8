import type { Analysis, Range } from "../src/index.js";
import { writePath } from "../src/model/setting-path.js";
import { occurrencesIn } from "../src/questions/occurrences.js";
import { type Focus, isLit } from "./focus.js";

/** Where the files say what a focus is about. */
export function placesOf(analysis: Analysis, focus: Focus): readonly Range[] {
  const { machine, instance } = focus;
  return machine !== undefined && instance !== undefined
    ? placesOfMember(analysis, { ...focus, machine, instance })
    : placesOfName(analysis, focus);
}

/** Why a machine is a member, and what defines its settings. */
function placesOfMember(
  analysis: Analysis,
  { machine, instance, role, setting }: Focus & { readonly machine: string; readonly instance: string },
): readonly Range[] {
  const { memberships = [] } = analysis.explain({ machine, instance }).explanation ?? {};
  return memberships
    .filter((membership) => role === undefined || membership.role === role)
    .flatMap(({ reasons, settings = [] }) => [
      ...(setting === undefined ? reasons.map(({ range }) => range) : []),
      ...settings
        .filter(({ path }) => setting === undefined || isLit({ setting }, { setting: writePath(path) }))
        .flatMap(({ definitions }) => definitions.map(({ range }) => range)),
    ]);
}

/** Every place of the name. */
function placesOfName(
  analysis: Analysis,
  { machine, tag, instance }: Focus,
): readonly Range[] {
  return [...analysis.documents].flatMap(([source, document]) =>
    document === undefined
      ? []
      : [...occurrencesIn(document.value)]
          .filter(({ kind, name }) => name === { machine, tag, instance }[kind])
          .map(({ path, isKey }) =>
            analysis.rangeOf({ source, ...document.locate(path, isKey) }),
          )
          .filter((range) => range !== undefined),
  );
}
