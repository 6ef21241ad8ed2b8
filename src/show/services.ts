import type { Catalogue, Service, ServiceRole, ServiceSet } from "./catalogue.js";
import type { Data } from "./document.js";
import { acceptedBy, isOpen, keywordOf, resolveReference, schemaAt, schemaList, schemasAt, type Schema } from "./setting-schema.js";

/** The services of a catalogue with their roles, as text of 80 columns. */
export function describeServices(catalogue: Catalogue): string {
  const sections = [...catalogue.inputs.values()].map((set) => {
    const rows = [...set.services].map(([name, { roles }]): Row => ({ left: name, right: [...roles.keys()].join(", ") }));
    return `${describeSet(set)}\n\n${table(rows)}`;
  });
  return sections.join("\n");
}

/** The roles and settings of the services of this name, as text of 80 columns. */
export function describeService(catalogue: Catalogue, name: string): string {
  const sections = [...catalogue.inputs.values()].flatMap((set) => {
    const service = set.services.get(name);
    return service === undefined ? [] : [`${name}, of ${describeSet(set)}${describeBounds("instance", undefined, service.maxInstances)}\n${describeRoles(service)}`];
  });
  return sections.join("\n");
}

interface Row {
  readonly left: string;
  readonly right: string;
}

function describeSet({ input, date, revision }: ServiceSet): string {
  return `${input}${date === undefined ? "" : ` as of ${date}`}${revision === undefined ? "" : ` (${revision.slice(0, 10)})`}`;
}

function describeRoles({ roles }: Service): string {
  return [...roles].map(([name, role]) => `\nrole ${name}${describeBounds("machine", role.minMachines, role.maxMachines)}\n${describeSettings(role)}`).join("");
}

function describeBounds(noun: string, least = 0, most = Infinity): string {
  const count = (number: number) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  if (least === 0 && most === Infinity) return "";
  if (least === most) return `: exactly ${count(most)}`;
  if (most === Infinity) return `: at least ${count(least)}`;
  return least === 0 ? `: at most ${count(most)}` : `: ${least} to ${count(most)}`;
}

function describeSettings({ settings }: ServiceRole): string {
  if (settings === undefined) return "  settings not known\n";
  const rows = settingRows("", settings, settings, []);
  return rows.length === 0 ? "  no settings\n" : table(rows);
}

/** A row for each setting that is no plain map of others; `<name>` stands for a key of the user's, `[]` for an item. */
function settingRows(path: string, schema: Schema, root: Schema, above: readonly Schema[], isRequired = false): readonly Row[] {
  const map = partOfType("object", schema, root);
  const item = itemOf(schema, root);
  const isMap = map !== undefined && !above.includes(map);
  const properties = isMap ? [...schemasAt(map, "properties")] : [];
  const rest = isMap ? schemaAt(map, "additionalProperties") : undefined;
  const within = isMap ? [...above, map] : above;

  const required = isMap ? [keywordOf(map, "required") ?? []].flat() : [];
  const rows = properties.flatMap(([name, inner]) => settingRows(path === "" ? name : `${path}.${name}`, inner, root, within, required.includes(name)));
  const restRows = typeof rest === "object" ? settingRows(`${path}.<name>`, rest, root, within) : [];
  const itemRows = item !== undefined && partOfType("object", item, root) !== undefined ? settingRows(`${path}[]`, item, root, within) : [];
  const inner = [...rows, ...restRows, ...itemRows];
  const isPlain = acceptedBy(schema, root).types.length === 1 && item === undefined && ownOrReferred(schema, "default", root) === undefined;
  if (path === "" || (inner.length > 0 && isPlain)) return inner;
  return [{ left: path, right: `${describeSchema(schema, root)}${isRequired ? ", required" : ""}` }, ...inner];
}

/** Rows in two columns, the right one wrapped; where the left one is long, on the line below. */
function table(rows: readonly Row[]): readonly string[] {
  const indent = widest(rows.map(({ left }) => left), 36);
  return rows.flatMap(({ left, right }) => {
    const words = right.split(" ");
    const isShort = left.length <= indent;
    return [...(isShort ? [] : [`  ${left}`])]
  });
}
