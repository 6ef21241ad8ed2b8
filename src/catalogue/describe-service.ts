import {
  type Catalogue,
  defaultInput,
  type MovedService,
  type Service,
  type ServiceRole,
  wordedService,
} from "../model/catalogue.js";
import type { Path } from "../model/origin.js";
import {
  describeSchema,
  keywordOf,
  partOfType,
  partsOf,
  type Schema,
  schemaAt,
  schemasAt,
} from "../model/setting-schema.js";
import { roleText, serviceText, settingText } from "./service-texts.js";

/** The service that an instance is of, by its name and the flake input that brings it. */
export interface ServiceName {
  readonly name: string;
  readonly input?: string | undefined;
}

/** What people want to know of something in a catalogue. */
interface Description {
  /** One line. */
  readonly summary: string;
  /** Markdown. The schema for editors says the same. */
  readonly text: string;
}

/** Either `service` or `moved`. */
export interface ServiceDescription extends Description {
  readonly service?: Service;
  readonly moved?: MovedService;
}

export interface RoleDescription extends Description {
  readonly role: ServiceRole;
}

export interface SettingDescription extends Description {
  /** The last key of its path; `<name>` for a key of the user's choice, `[]` for an item. */
  readonly name: string;
  /** A part of `root`, the schema of all settings of the role. */
  readonly schema: Schema;
  readonly root: Schema;
  readonly isRequired: boolean;
}

/** `undefined` for a service that the catalogue does not know, nor where it has moved. */
export function describeService(
  { inputs }: Catalogue,
  { name, input = defaultInput }: ServiceName,
): ServiceDescription | undefined {
  const set = inputs.get(input);
  const service = set && wordedService(set, name);
  const moved = set?.moved.get(name);
  if (service !== undefined) {
    const summary = firstLine(service.description) ?? `service of ${input}`;
    return { service, summary, text: serviceText(service) };
  }
  return moved && { moved, summary: `moved to ${moved.input}`, text: movedText(moved, input) };
}

export function describeRole(
  { inputs }: Catalogue,
  { name, input = defaultInput }: ServiceName,
  roleName: string,
): RoleDescription | undefined {
  const set = inputs.get(input);
  const role = set && wordedService(set, name)?.roles.get(roleName);
  const summary = firstLine(role?.description) ?? `role of ${name}`;
  return role && { role, summary, text: roleText(role) };
}

/** The setting at a path from the root of a role's settings. */
export function describeSetting(
  catalogue: Catalogue,
  service: ServiceName,
  roleName: string,
  path: Path,
): SettingDescription | undefined {
  const setting = settingAt(catalogue, service, roleName, path);
  return setting && describe(setting);
}

/** The settings with names of their own in the one at a path, and what any other name would be. */
export function describeSettings(
  catalogue: Catalogue,
  service: ServiceName,
  roleName: string,
  path: Path,
): { readonly named: readonly SettingDescription[]; readonly other?: SettingDescription } {
  const around = settingAt(catalogue, service, roleName, path);
  const schema = around && partOfType("object", around.schema, around.root);
  if (schema === undefined) {
    return { named: [] };
  }
  const map = { ...around!, schema };
  const other = settingInMap(map, undefined);
  return {
    named: [...schemasAt(schema, "properties").keys()].map((key) =>
      describe(settingInMap(map, key)!),
    ),
    ...(other !== undefined && { other: describe(other) }),
  };
}

type Setting = Omit<SettingDescription, keyof Description>;

function settingAt(
  catalogue: Catalogue,
  service: ServiceName,
  roleName: string,
  path: Path,
): Setting | undefined {
  const root = describeRole(catalogue, service, roleName)?.role.settings;
  let setting: Setting | undefined =
    root === undefined ? undefined : { name: "settings", schema: root, root, isRequired: false };
  for (const key of path) {
    setting = setting && settingInside(setting, key);
  }
  return setting;
}

function settingInside({ schema, ...others }: Setting, key: string | number): Setting | undefined {
  for (const part of partsOf(schema, others.root)) {
    const whole = { ...others, schema: part };
    const inside = typeof key === "number" ? itemIn(whole) : settingInMap(whole, key);
    if (inside !== undefined) {
      return inside;
    }
  }
  return undefined;
}

function itemIn({ schema: list, root }: Setting): Setting | undefined {
  const schema = schemaAt(list, "items");
  return schema === undefined ? undefined : { name: "[]", schema, root, isRequired: false };
}

function settingInMap(
  { schema: map, root }: Setting,
  key: string | undefined,
): Setting | undefined {
  const own = key === undefined ? undefined : schemasAt(map, "properties").get(key);
  if (own !== undefined) {
    const required = [keywordOf(map, "required") ?? []].flat();
    return { name: key!, schema: own, root, isRequired: required.includes(key!) };
  }
  const schema = schemaAt(map, "additionalProperties");
  return typeof schema === "object"
    ? { name: "<name>", schema, root, isRequired: false }
    : undefined;
}

function describe(setting: Setting): SettingDescription {
  const { name, schema, root, isRequired } = setting;
  const summary = `${describeSchema(schema, root)}${isRequired ? ", required" : ""}`;
  return { ...setting, summary, text: settingText(name, schema, root) };
}

function movedText({ input, url, readme }: MovedService, from: string): string {
  const where = url === undefined ? `\`${input}\`` : `[\`${input}\`](${url})`;
  return [`Moved from \`${from}\` to ${where}.`, ...(readme === undefined ? [] : [readme])].join(
    "\n\n",
  );
}

function firstLine(text: string | undefined): string | undefined {
  return text?.split("\n", 1)[0];
}
