import type { Catalogue, Service, ServiceRole, ServiceSet } from "../model/catalogue.js";
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
import { count, joinLines, type Row, table } from "./layout.js";

/** The services of a catalogue, with their roles. */
export function showServices(catalogue: Catalogue): string {
  const sections = [...catalogue.inputs.values()].map((set) => {
    const rows = [...set.services].map(
      ([name, { roles }]): Row => ({ left: name, right: [...roles.keys()].join(", ") }),
    );
    return joinLines([nameSet(set), "", ...table(rows)]);
  });
  return sections.join("\n");
}

/** The roles and settings of the services of this name. */
export function showService(catalogue: Catalogue, name: string): string {
  const sections = [...catalogue.inputs.values()].flatMap((set) => {
    const service = set.services.get(name);
    return service === undefined
      ? []
      : [
          joinLines([
            `${name}, of ${nameSet(set)}${bounds("instance", undefined, service.maxInstances)}`,
            ...showRoles(service),
          ]),
        ];
  });
  return sections.join("\n");
}

function nameSet({ input, date, revision }: ServiceSet): string {
  return `${input}${date === undefined ? "" : ` as of ${date}`}${revision === undefined ? "" : ` (${revision.slice(0, 10)})`}`;
}

function showRoles({ roles }: Service): readonly string[] {
  return [...roles].flatMap(([name, role]) => [
    "",
    `role ${name}${bounds("machine", role.minMachines, role.maxMachines)}`,
    ...showSettings(role),
  ]);
}

function bounds(noun: string, minimum = 0, maximum = Infinity): string {
  if (minimum === 0 && maximum === Infinity) {
    return "";
  }
  if (minimum === maximum) {
    return `: exactly ${count(maximum, noun)}`;
  }
  if (maximum === Infinity) {
    return `: at least ${count(minimum, noun)}`;
  }
  return minimum === 0
    ? `: at most ${count(maximum, noun)}`
    : `: ${minimum} to ${count(maximum, noun)}`;
}

/** Schemas that refer to each other in many ways have more settings than anyone reads. */
const maxRows = 5000;

function showSettings({ settings }: ServiceRole): readonly string[] {
  if (settings === undefined) {
    return ["  settings not known"];
  }
  const rows: Row[] = [];
  for (const row of settingRows("", settings, false, settings, [])) {
    if (rows.push(row) > maxRows) {
      return [...table(rows.slice(0, maxRows)), "  and more"];
    }
  }
  return rows.length === 0 ? ["  no settings"] : table(rows);
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
): Iterable<Row> {
  const inner = innerRows(path, schema, root, above)[Symbol.iterator]();
  const first = inner.next();
  const isOnlyMap =
    first.done !== true &&
    acceptedBy(schema, root).types.join() === "object" &&
    ownOrReferred(schema, "default", root) === undefined;
  if (path !== "" && !isOnlyMap) {
    yield { left: path, right: `${describeSchema(schema, root)}${isRequired ? ", required" : ""}` };
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
): Iterable<Row> {
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
