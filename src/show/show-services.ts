import { bounds, machineBounds, writeExample } from "../catalogue/service-texts.js";
import {
  type Catalogue,
  type MovedService,
  type Service,
  type ServiceRole,
  type ServiceSet,
  wordedService,
} from "../model/catalogue.js";
import { completeOptions } from "../model/options.js";
import {
  acceptedBy,
  describeSchema,
  itemOf,
  keywordOf,
  ownOrReferred,
  partOfType,
  type Schema,
  schemaAt,
  schemasAt,
} from "../model/setting-schema.js";
import { fold, indent, joinLines, lineWidth, type Row, table } from "./layout.js";
import { showMarkdown } from "./show-markdown.js";

/** The services of a catalogue, with what they are for and their roles. */
export function showServices(catalogue: Catalogue): string {
  const sections = [...catalogue.inputs.values()].map((set) => {
    const rows = [...set.services].map(([name, { roles }]): Row => {
      const { description } = wordedService(set, name)!;
      const all = [...roles.keys()].join(", ");
      const right = description === undefined ? all : `${firstSentence(description)} (${all})`;
      return { left: name, right };
    });
    const moved = [...set.moved].map(
      ([name, { input }]): Row => ({ left: name, right: `moved to ${input}` }),
    );
    return joinLines([nameSet(set), "", ...table([...rows, ...moved])]);
  });
  return sections.join("\n");
}

/** What there is to know of the services of this name: roles, settings, and the readme. */
export function showService(catalogue: Catalogue, name: string): string {
  const sections = [...catalogue.inputs.values()].flatMap((set) => {
    const service = wordedService(set, name);
    const moved = set.moved.get(name);
    if (service !== undefined) {
      return [joinLines(serviceLines(name, set, service))];
    }
    return moved === undefined ? [] : [joinLines(movedLines(name, set, moved))];
  });
  return sections.join("\n");
}

function serviceLines(name: string, set: ServiceSet, service: Service): readonly string[] {
  const { description, readme, maxInstances } = service;
  return [
    `${name}, of ${nameSet(set)}${after(bounds("instance", undefined, maxInstances))}`,
    ...(description === undefined ? [] : ["", ...showMarkdown(description)]),
    ...showRoles(service),
    ...(readme === undefined ? [] : ["", ...showMarkdown(readme)]),
  ];
}

function movedLines(
  name: string,
  set: ServiceSet,
  { input, url, readme }: MovedService,
): readonly string[] {
  return [
    `${name} has moved from ${nameSet(set)} to ${input}${after(url)}`,
    ...(readme === undefined ? [] : ["", ...showMarkdown(readme)]),
  ];
}

/** A row of a table says what something is for, not how. */
function firstSentence(text: string): string {
  const [sentence] = /^.*?(?=\.(\s|$)|\n|$)/s.exec(text)!;
  return sentence.replace(/\s+/g, " ");
}

function nameSet({ input, date, revision }: ServiceSet): string {
  return `${input}${date === undefined ? "" : ` as of ${date}`}${revision === undefined ? "" : ` (${revision.slice(0, 10)})`}`;
}

function showRoles({ roles }: Service): readonly string[] {
  return [...roles].flatMap(([name, role]) => [
    "",
    `role ${name}${after(machineBounds(role))}`,
    ...(role.description === undefined
      ? []
      : [...indent(showMarkdown(role.description, 2), 2), ""]),
    ...showSettings(role),
  ]);
}

function after(text: string | undefined): string {
  return text === undefined ? "" : `: ${text}`;
}

/** Schemas that refer to each other in many ways have more settings than anyone reads. */
const maxRows = 5000;

function showSettings({ settings }: ServiceRole): readonly string[] {
  if (settings === undefined) {
    return ["  settings not known"];
  }
  const rows: SettingRow[] = [];
  for (const row of settingRows("", settings, false, settings, [])) {
    if (rows.push(row) > maxRows) {
      return [...showRows(rows.slice(0, maxRows)), "  and more"];
    }
  }
  return rows.length === 0 ? ["  no settings"] : showRows(rows);
}

/** A table, or a paragraph for each setting where there is more to say than its type. */
function showRows(rows: readonly SettingRow[]): readonly string[] {
  if (rows.every(({ words }) => words.length === 0)) {
    return table(rows);
  }
  return rows.flatMap(({ left, right, words }, index) => [
    ...(index === 0 ? [] : [""]),
    ...hanging(`${left}  ${right}`),
    ...indent(words, 6),
  ]);
}

/** Folded, with further lines indented deeper than what follows. */
function hanging(text: string): readonly string[] {
  const [first, ...rest] = fold(text, lineWidth - 8);
  return [`  ${first}`, ...indent(rest, 8)];
}

interface SettingRow extends Row {
  readonly words: readonly string[];
}

function settingWords(path: string, schema: Schema, root: Schema): readonly string[] {
  const description = ownOrReferred(schema, "description", root);
  const [example] = [ownOrReferred(schema, "examples", root) ?? []].flat();
  const lines = example === undefined ? [] : writeExample(path.split(".").at(-1)!, example);
  return [
    ...(typeof description === "string" ? showMarkdown(description, 6) : []),
    ...(lines.length > 1
      ? ["Example:", ...indent(lines, 2)]
      : lines.map((line) => `Example: ${line}`)),
  ];
}

/**
 * A row for each setting that is more than a map of others. In its path, `<name>` is a key of the
 * user's choice and `[]` an item. `above` are the maps around it, to stop at a schema that contains
 * itself.
 */
function* settingRows(
  path: string,
  schema: Schema,
  isRequired: boolean,
  root: Schema,
  above: readonly Schema[],
): Iterable<SettingRow> {
  const inner = innerRows(path, schema, root, above)[Symbol.iterator]();
  const first = inner.next();
  const isOnlyMap =
    first.done !== true &&
    acceptedBy(schema, root).types.join() === "object" &&
    ownOrReferred(schema, "default", root) === undefined;
  if (path !== "" && !isOnlyMap) {
    const right = `${describeSchema(schema, root)}${isRequired ? ", required" : ""}`;
    yield { left: path, right, words: settingWords(path, schema, root) };
  }
  for (let next = first; next.done !== true; next = inner.next()) {
    yield next.value;
  }
}

function* innerRows(
  path: string,
  schema: Schema,
  root: Schema,
  above: readonly Schema[],
): Iterable<SettingRow> {
  const item = itemOf(schema, root);
  const itemMap = item === undefined ? undefined : partOfType("object", item, root);
  if (itemMap !== undefined) {
    yield* innerRows(`${path}[]`, itemMap, root, above);
    return;
  }
  const map = partOfType("object", schema, root);
  // Inventories cannot nest deeper than that.
  if (
    map === undefined ||
    above.includes(map) ||
    above.length === completeOptions({}).limits.depth
  ) {
    return;
  }
  const inside = [...above, map];
  const required = [keywordOf(map, "required") ?? []].flat();
  for (const [name, property] of schemasAt(map, "properties")) {
    yield* settingRows(
      path === "" ? name : `${path}.${name}`,
      property,
      required.includes(name),
      root,
      inside,
    );
  }
  const rest = schemaAt(map, "additionalProperties");
  if (typeof rest === "object") {
    yield* settingRows(`${path}.<name>`, rest, false, root, inside);
  }
}
