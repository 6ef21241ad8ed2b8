import type { Analysis } from "../compile.js";
import type { Fix } from "../diagnostics/diagnostic.js";
import { type Data, isDataMap, valueAt } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import type { Path } from "../model/origin.js";
import { matches } from "../model/pattern.js";
import type { SourcePlace } from "../questions/place-at.js";
import { roleAt } from "../questions/setting-place.js";
import type { CodeAction } from "./code-action.js";
import { type Draft, draftOf, type Part } from "./draft.js";

/** What a place can be rewritten to; the inventory means the same after each. */
export function refactoringsAt(analysis: Analysis, place: SourcePlace): readonly CodeAction[] {
  const document = analysis.documents.get(place.source);
  if (document === undefined || document.unread.length > 0) {
    return [];
  }
  const context = { analysis, place, value: document.value };
  return [...otherForms(context), ...settingsToRole(context), ...machinesToTag(context)];
}

interface Context {
  readonly analysis: Analysis;
  readonly place: SourcePlace;
  /** What the source of the place says. */
  readonly value: Data;
}

/** Short forms in full, and long forms in short. */
function otherForms({ analysis, place, value }: Context): readonly CodeAction[] {
  const path = formAround(place.path);
  if (path === undefined) {
    return [];
  }
  const written = valueAt(value, path);
  const replace = (title: string, to: Data) =>
    refactoring(title, analysis, (draft) => {
      const part = partOf(draft, place);
      draft.change(part, { kind: "replaceValue", path, value: to });
    });
  if (path.at(-1) === "module") {
    const short = isDataMap(written) && Object.keys(written).join() === "name" && written["name"];
    return typeof written === "string"
      ? [replace("write the module as a map", { name: written })]
      : typeof short === "string"
        ? [replace("write the module as a name", short)]
        : [];
  }
  if (Array.isArray(written) && written.length > 0 && written.every(isText)) {
    const entries = written.map((name): [string, Data] => [name, {}]);
    return [replace("write the list as a map", Object.fromEntries(entries))];
  }
  return isDataMap(written) &&
    Object.keys(written).length > 0 &&
    Object.values(written).every(isEmpty)
    ? [replace("write the map as a list", Object.keys(written))]
    : [];
}

/** The path of the innermost value with two forms that a path is in. */
function formAround(path: Path): Path | undefined {
  const isInRole = roleAt(path) !== undefined && (path[4] === "machines" || path[4] === "tags");
  if (isInRole) {
    return path.slice(0, 5);
  }
  if (path[0] === "instances" && path[2] === "module") {
    return path.slice(0, 3);
  }
  return path[0] === "machines" ? path.slice(0, 1) : undefined;
}

/** The settings that all members of a role have, each for itself, as those of the role. */
function settingsToRole({ analysis, place, value }: Context): readonly CodeAction[] {
  const role = roleAt(place.path);
  const path = place.path.slice(0, 4);
  const written = valueAt(value, path);
  if (role === undefined || !isDataMap(written) || !isDataMap(written["machines"])) {
    return [];
  }
  const { machines, tags, settings } = written;
  const names = Object.keys(machines);
  const [first, ...others] = names.map((name) => valueAt(machines, [name, "settings"]) ?? null);
  const areEqual =
    isDataMap(first) &&
    Object.keys(first).length > 0 &&
    others.every((other) => fingerprint(other) === fingerprint(first));
  const members = analysis.inventory?.members.get(role.instance)?.get(role.role);
  const areAll =
    settings == null && Object.keys(tags ?? []).length === 0 && members?.size === names.length;
  if (!areEqual || !areAll || isDefinedElsewhere(analysis, place, path)) {
    return [];
  }
  return [
    refactoring(`move the settings of all members to role '${role.role}'`, analysis, (draft) => {
      const part = partOf(draft, place);
      draft.put(part, [...path, "settings"], first);
      for (const name of names) {
        draft.change(part, { kind: "removeEntry", path: [...path, "machines", name, "settings"] });
      }
    }),
  ];
}

/** Whether another source says something of a role. */
function isDefinedElsewhere({ documents }: Analysis, { source }: SourcePlace, path: Path): boolean {
  return [...documents].some(
    ([other, document]) => other !== source && valueAt(document?.value, path) !== undefined,
  );
}

/** A tag for the machines that a role lists. */
function machinesToTag({ analysis, place, value }: Context): readonly CodeAction[] {
  const role = roleAt(place.path);
  const path = place.path.slice(0, 4);
  const machines = valueAt(value, [...path, "machines"]);
  const tags = valueAt(value, [...path, "tags"]) ?? [];
  const isOfMachines = role !== undefined && place.path[4] === "machines";
  if (!isOfMachines || !Array.isArray(machines) || machines.length < 2 || !machines.every(isText)) {
    return [];
  }
  const tag = freeTag(analysis, `${role.instance}-${role.role}`);
  if (tag === undefined || !(Array.isArray(tags) || isDataMap(tags))) {
    return [];
  }
  return [
    refactoring(`make tag '${tag}' of the list`, analysis, (draft) => {
      const part = partOf(draft, place);
      draft.change(part, { kind: "removeEntry", path: [...path, "machines"] });
      draft.addName([...path, "tags"], tag);
      draft.change(part, { kind: "insertEntry", path: ["tags", tag], value: machines });
    }),
  ];
}

/** The name, or one like it, that nothing means yet. */
function freeTag(analysis: Analysis, name: string): string | undefined {
  const draft = draftOf(analysis);
  const isAllRead = draft.parts.length === analysis.documents.size;
  const tags = [...draft.names("tag")];
  const isFree = (name: string) => isAllRead && !tags.some((tag) => matches(name, tag));
  return [name, `${name}-machines`].find(isFree);
}

function refactoring(
  title: string,
  analysis: Analysis,
  change: (draft: Draft) => void,
): CodeAction {
  let edits: Fix["edits"] | undefined;
  return {
    title,
    kind: "refactor.rewrite",
    isPreferred: false,
    get edits() {
      edits ??= editsOf(analysis, change);
      return edits;
    },
  };
}

function editsOf(analysis: Analysis, change: (draft: Draft) => void): Fix["edits"] {
  const draft = draftOf(analysis);
  change(draft);
  return draft.parts.flatMap(({ source, changes }) => {
    const edits = changes.length === 0 ? [] : analysis.documents.get(source)!.edit(changes);
    return (edits ?? []).map(({ text, ...span }) => ({
      range: analysis.rangeOf({ source, ...span })!,
      text,
    }));
  });
}

function partOf(draft: Draft, { source }: SourcePlace): Part {
  return draft.parts.find((part) => part.source === source)!;
}

function isText(data: Data): data is string {
  return typeof data === "string";
}

function isEmpty(data: Data): boolean {
  return data === null || (isDataMap(data) && Object.keys(data).length === 0);
}
