import type { MachineClass } from "../../src/index.js";
import {
  type Fleet,
  type Instance,
  isMap,
  type Layer,
  Literal,
  type Machine,
  type Role,
  type Selector,
  type Settings,
  type Tag,
  type Value,
} from "./fleet.js";
import type { Random } from "./random.js";

/** As much of JSON Schema as Clan's own export of a role's settings uses. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly default?: unknown;
}

/** Service, role: the schema of its settings. */
export type Schemas = Readonly<Record<string, Readonly<Record<string, Schema>>>>;

/** A fleet in which much meets: machines of several tags, layers, priorities, orders. */
export function generate(random: Random, schemas: Schemas): Fleet {
  const names = random.some(["web", "db_1", "Zeta", "pi", "vm-3", "laptop", "m10", "m9"], 0.55);
  const machines = Object.fromEntries(["first", ...names].map((name) => [name, machine(random)]));
  const known = Object.fromEntries(
    random.some(["outside", "mac"], 0.25).map((name) => [name, random.pick(classes)]),
  );
  const tags = declaredTags(random, [...Object.keys(machines), ...Object.keys(known)]);
  const members: Members = {
    machines: [...Object.keys(machines), ...Object.keys(known)],
    tags: [...tagNames, ...predefined, ...Object.keys(tags)],
  };
  const instances = random.times(1 + random.below(3), (index) =>
    instance(random, index, schemas, members),
  );
  return { machines, known, tags, instances: Object.fromEntries(instances) };
}

interface Members {
  readonly machines: readonly string[];
  readonly tags: readonly string[];
}

const classes: readonly MachineClass[] = ["nixos", "nixos", "darwin"];
const predefined = ["all", "nixos", "darwin"];
const tagNames = ["prod", "eu", "us-east", "a.b", "Z", "web"];

function machine(random: Random): Machine {
  return {
    tags: random.some(tagNames, 0.3),
    ...(random.chance(0.2) && { machineClass: random.pick(classes) }),
    ...(random.chance(0.2) && { description: random.pick(texts) }),
    ...(random.chance(0.1) && { installedAt: 1764659202 }),
    ...(random.chance(0.2) && {
      deploy: {
        targetHost: "root@host",
        ...(random.chance(0.5) && { forwardAgent: random.chance(0.5) }),
      },
    }),
  };
}

/** Static lists, then selectors, each of which sees only tags before it. */
function declaredTags(random: Random, machines: readonly string[]): Record<string, Tag> {
  const lists = random.some(
    ["prod", "fixed", "empty", ...(random.chance(0.1) ? ["all"] : [])],
    0.4,
  );
  const tags = Object.fromEntries(
    lists.map((tag): [string, Tag] => [tag, tag === "empty" ? [] : random.some(machines, 0.5)]),
  );
  for (const name of ["one", "two", "three"].slice(0, random.below(4))) {
    tags[name] = selector(random, machines, [...tagNames, ...predefined, ...Object.keys(tags)]);
  }
  return tags;
}

function selector(random: Random, machines: readonly string[], tags: readonly string[]): Selector {
  const patterns = [...tags, "*o?", "us-*", "?.b", "z*"];
  const made: Selector = {
    ...(random.chance(0.5) && { anyOf: random.some(patterns, 0.3) }),
    ...(random.chance(0.3) && { allOf: [random.pick(tags)] }),
    ...(random.chance(0.4) && { noneOf: [random.pick(patterns)] }),
    ...(random.chance(0.3) && { machines: random.some(machines, 0.3) }),
    ...(random.chance(0.3) && { except: random.some(machines, 0.3) }),
  };
  return Object.keys(made).length > 0 ? made : { anyOf: ["prod"] };
}

function instance(
  random: Random,
  index: number,
  schemas: Schemas,
  members: Members,
): [string, Instance] {
  const kind = random.below(10);
  const service =
    kind < 5
      ? "free"
      : kind < 8
        ? "typed"
        : random.pick(Object.keys(schemas).filter((name) => name !== "typed"));
  const own = service === "free" || service === "typed";
  const roles = own ? ["default", "peer"] : Object.keys(schemas[service]!);
  const input = own ? "self" : random.pick([null, "clan-core"]);
  const name =
    !own && input === null && random.chance(0.5)
      ? service
      : `${random.pick(["svc", "x.y", "backup host"])}-${index}`;
  const made = random
    .some(roles, 0.8)
    .map((role) => [role, assignment(random, schemas[service]?.[role], members)] as const);
  return [name, { module: { name: service, input }, roles: Object.fromEntries(made) }];
}

function assignment(random: Random, schema: Schema | undefined, members: Members): Role {
  const make = schema === undefined ? freeSettings(random) : typedSettings(random, schema);
  return {
    machines: Object.fromEntries(
      random.some(members.machines, 0.4).map((name) => [name, layer(random, make)]),
    ),
    tags: Object.fromEntries(
      random.some(members.tags, 0.3).map((name) => [name, layer(random, make)]),
    ),
    settings: layer(random, make),
  };
}

function layer(random: Random, make: () => Settings): Layer {
  return random.times(random.chance(0.2) ? 0 : random.chance(0.15) ? 2 : 1, () =>
    settings(random, make()),
  );
}

function settings(random: Random, made: Settings): Settings {
  if (random.chance(0.03)) {
    return { _type: "if", condition: random.chance(0.5), content: made };
  }
  if (random.chance(0.04)) {
    return { config: made };
  }
  // Plain values, because Nix would push the priority onto properties around them.
  if (random.chance(0.02) && Object.values(made).every(isBare)) {
    return { config: { _type: "override", priority: 50, content: made } };
  }
  return made;
}

function isBare(value: Value): boolean {
  return !isMap(value) || (!("_type" in value) && Object.values(value).every(isBare));
}

const texts = ["b", "", "${x}", "''q''\\", "new\nline", 'tab\t"', "ünï 😀", "*-*-* 01:00:00"];

/** Few keys a role, so that its layers meet. */
function freeSettings(random: Random): () => Settings {
  const pool = [
    "text",
    "port",
    "on",
    "list",
    "paths",
    "net",
    "deep",
    "mix",
    "weird key.1",
    "__proto__",
    "80",
    ...reserved,
  ];
  const keys = random.times(1 + random.below(4), () => random.pick(pool));
  return () => freeMap(random, keys, 0);
}

/** Names that modules keep for themselves. */
const reserved = ["key", "_file", "_class", "require", "disabledModules", "freeformType"];

function freeMap(random: Random, keys: readonly string[], depth: number): Settings {
  const here = random.some(keys, 0.8);
  return Object.fromEntries(
    here.map((key) => [key, wrapped(random, () => freeDefinition(random, key, depth))]),
  );
}

/** Strings get no order, which would leave it to Nix whether different ones can be joined. */
function freeDefinition(random: Random, key: string, depth: number): Value {
  const value = freeValue(random, key, depth);
  return typeof value === "string" ? value : ordered(random, value);
}

/** By name, so that layers mostly agree on what a key holds. */
function freeValue(random: Random, key: string, depth: number): Value {
  if (random.chance(0.003)) {
    return random.pick([null, true, 1, new Literal("1.0"), "a", [], {}]);
  }
  if (["net", "deep", "__proto__"].includes(key)) {
    return freeMap(
      random,
      depth < 2 ? ["text", "list", "net", "on"] : ["text", "list", "mix"],
      depth + 1,
    );
  }
  if (["list", "paths"].includes(key)) {
    return random.times(random.below(3), () => freeElement(random, depth));
  }
  if (key === "port") {
    return random.chance(0.985) ? 80 : 443;
  }
  if (key === "on") {
    return random.chance(0.985);
  }
  if (key === "mix" && random.chance(0.985)) {
    return new Literal("1.0");
  }
  if (key === "mix") {
    return random.pick([null, 1, new Literal("9223372036854775807"), -0.25, new Literal("1e300")]);
  }
  return random.chance(0.985) ? "a" : random.pick(texts);
}

function freeElement(random: Random, depth: number): Value {
  if (depth < 2 && random.chance(0.1)) {
    return freeMap(random, ["text", "list"], depth + 2);
  }
  if (random.chance(0.04)) {
    return wrapped(random, () => 7);
  }
  return random.pick([null, 1, new Literal("2.0"), -0.5, true, ...texts, [], ["z"]]);
}

function typedSettings(random: Random, root: Schema): () => Settings {
  const schema = root.$defs!["Input"]!;
  const names = Object.keys(schema.properties ?? {});
  // The services of Clan have few options, and some without default, which are needed.
  const chosen = names.length < 10 ? names : random.times(4, () => random.pick(names));
  const properties = Object.fromEntries(chosen.map((name) => [name, schema.properties![name]!]));
  return () => typedMap(random, { ...schema, properties }, root);
}

/**
 * `isBare` if a priority is around the map, which Nix may push down onto properties inside,
 * and then fails.
 */
function typedMap(random: Random, schema: Schema, root: Schema, isBare = false): Settings {
  const { properties = {}, required = [], additionalProperties = false } = schema;
  const isNeeded = (name: string) =>
    required.includes(name) ||
    (properties[name]!.type === "string" && !("default" in properties[name]!));
  const declared = Object.keys(properties).filter((name) =>
    random.chance(isNeeded(name) ? 0.97 : 0.6),
  );
  const names =
    typeof additionalProperties === "object"
      ? [...declared, ...random.some(["a", "b", "c"], 0.5)]
      : declared;
  const schemaOf = (name: string) => properties[name] ?? (additionalProperties as Schema);
  return Object.fromEntries(
    names.map((name) => [name, typedDefinition(random, schemaOf(name), root, isBare)]),
  );
}

function typedDefinition(random: Random, reference: Schema, root: Schema, isBare: boolean): Value {
  const schema = resolve(reference, root);
  // A map of options cannot have an order in Nix.
  const make = (isBare: boolean) =>
    schema.properties === undefined
      ? ordered(random, typedValue(random, schema, root, isBare))
      : typedMap(random, schema, root, isBare);
  return isBare
    ? make(true)
    : wrapped(random, (isOverridden) => make(isOverridden && schema.properties !== undefined));
}

function typedValue(random: Random, reference: Schema, root: Schema, isBare: boolean): Value {
  const schema = resolve(reference, root);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) {
    return typedValue(
      random,
      random.pick(random.chance(0.02) ? choices : choices.slice(-1)),
      root,
      isBare,
    );
  }
  if (schema.enum !== undefined) {
    return random.chance(0.97) ? schema.enum[0]! : random.pick(schema.enum);
  }
  switch (schema.type) {
    case "object":
      return typedMap(random, schema, root, isBare);
    case "array":
      return random.times(random.below(3), () => typedElement(random, schema.items!, root, isBare));
    case "integer":
      return random.chance(0.9855) ? 80 : 443;
    case "boolean":
      return random.chance(0.9855);
    case "null":
      return null;
    case "string":
      return random.chance(0.985) ? "a" : random.pick(texts);
    default:
      throw new Error(`no value for ${JSON.stringify(schema)}`);
  }
}

/** Elements differ where scalars mostly agree, so that their order shows. */
function typedElement(random: Random, schema: Schema, root: Schema, isBare: boolean): Value {
  if (schema.type === "string") {
    return random.pick(["a", ...texts]);
  }
  return schema.type === "integer" ? random.below(100) : typedValue(random, schema, root, isBare);
}

function resolve(schema: Schema, root: Schema): Schema {
  return schema.$ref === undefined
    ? schema
    : resolve(root.$defs![schema.$ref.replace("#/$defs/", "")]!, root);
}

/**
 * A value, mostly bare, else in properties nested as Nix looks at them; `make` is told of a
 * priority around it.
 */
function wrapped(random: Random, make: (isOverridden: boolean) => Value): Value {
  const part = () => conditional(random, () => overridden(random, make));
  return random.chance(0.05)
    ? { _type: "merge", contents: random.times(random.below(3), part) }
    : part();
}

function conditional(random: Random, make: () => Value): Value {
  return random.chance(0.04)
    ? { _type: "if", condition: random.chance(0.6), content: make() }
    : make();
}

function overridden(random: Random, make: (isOverridden: boolean) => Value): Value {
  if (!random.chance(0.2)) {
    return make(false);
  }
  return {
    _type: "override",
    priority: random.pick([10, 50, 50, 100, 1000, 1000, 1500]),
    content: make(true),
  };
}

function ordered(random: Random, content: Value): Value {
  return random.chance(0.12)
    ? { _type: "order", priority: random.pick([500, 1500, 1000, 999]), content }
    : content;
}
