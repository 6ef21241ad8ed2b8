import { writePath } from "../model/setting-path.js";
import type { Range } from "../model/source.js";
import { defaultOrder, defaultPriority } from "../model/value.js";
import type {
  Absence,
  DefinitionExplanation,
  Explanation,
  Fate,
  Membership,
  SettingExplanation,
  TagReason,
  ValueSource,
} from "../questions/explanation.js";
import { forTerminal } from "../text/escape.js";
import { joinBlocks, pad, type ShowOptions, widest } from "./layout.js";
import { showValue } from "./show-value.js";

/** An explanation for people; every reason starts with its place. */
export function showExplanation(
  { machine, class: machineClass, range, tags, memberships, absences }: Explanation,
  options: ShowOptions = {},
): string {
  const tagRows = tags.flatMap(({ tag, reasons }) =>
    reasons.map((reason) => ({
      place: place(reason.range),
      text: `tag ${tag}: ${tagReason(tag, reason)}`,
    })),
  );
  const blocks = [...memberships.map(showMembership), ...absences.map(showAbsence)];
  const origin = range === undefined ? "known from outside" : `declared at ${place(range)}`;
  const first = [forTerminal(`${machine} (${machineClass}) is ${origin}`), ...table("  ", tagRows)];
  return joinBlocks([first, ...(blocks.length === 0 ? [["no role"]] : blocks)], options);
}

interface Row {
  readonly place: string;
  readonly text: string;
}

function table(indent: string, rows: readonly Row[]): readonly string[] {
  const column = widest(
    rows.map(({ place }) => place),
    40,
  );
  return rows.map(({ place, text }) => forTerminal(`${indent}${pad(place, column)}  ${text}`));
}

function place(range: Range | undefined): string {
  return range === undefined ? "-" : `${range.source}:${range.start.line}:${range.start.column}`;
}

function tagReason(name: string, { kind, tag }: TagReason): string {
  switch (kind) {
    case "own":
      return "its own";
    case "list":
      return "the tag's list names it";
    case "machines":
      return "'machines' of the selector names it";
    case "anyOf":
    case "allOf":
      return `'${kind}' of the selector matches its tag ${tag!}`;
    case "every":
      return "the selector starts with every machine";
    case "predefined":
      return name === "all" ? "every machine has it" : `every ${name} machine has it`;
  }
}

function showMembership({ instance, role, reasons, settings = [] }: Membership): readonly string[] {
  const rows = reasons.map((reason) => ({
    place: place(reason.range),
    text: reason.kind === "name" ? "by its name" : `by its tag ${reason.tag}`,
  }));
  return [
    forTerminal(`${instance}.${role}`),
    ...table("  ", rows),
    ...settings.flatMap(showSetting),
  ];
}

function showAbsence({ instance, role, range, tags, machines }: Absence): readonly string[] {
  const owners = [...tags.map((tag) => `tag ${tag}`), ...machines];
  const text = `given to ${owners.length === 0 ? "no machine" : owners.join(", ")}`;
  return [
    forTerminal(`${instance}.${role}: not a member`),
    ...table("  ", [{ place: place(range), text }]),
  ];
}

function showSetting({
  path,
  value,
  undecided,
  definitions,
}: SettingExplanation): readonly string[] {
  const rows = definitions.flatMap((definition) => [
    { place: place(definition.range), text: showDefinition(definition) },
    ...(definition.sources ?? []).map((source) => ({
      place: place(source.range),
      text: showSource(source),
    })),
  ]);
  const result = value === undefined ? "" : `: ${showValue(value)}`;
  return [
    forTerminal(`  ${writePath(path)}${undecided ? " (Nix decides)" : ""}${result}`),
    ...table("    ", rows),
  ];
}

function showDefinition({ layer, value, priority, order, fate }: DefinitionExplanation): string {
  const by = layer.kind === "role" ? "the role" : `${layer.kind} ${layer.name}`;
  const properties = [
    ...(priority === defaultPriority ? [] : [`priority ${priority}`]),
    ...(order === defaultOrder ? [] : [`order ${order}`]),
  ];
  return `${[`${fates[fate]} ${by}`, ...properties].join(", ")}: ${showValue(value)}`;
}

function showSource({ name, value = null }: ValueSource): string {
  return name === undefined ? `  part: ${showValue(value)}` : `  value ${name}`;
}

const fates: { readonly [fate in Fate]: string } = {
  won: "from",
  merged: "merged from",
  lost: "lost: from",
  off: "condition is false: from",
};
