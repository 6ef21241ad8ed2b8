import type { Budget } from "../diagnostics/budget.js";
import type { WrongValue } from "../diagnostics/setting-messages.js";
import { type KnownNames, knownNames, type Ration } from "../diagnostics/suggest.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import { getOrInsertComputed } from "../model/maps.js";
import type { Origin } from "../model/origin.js";
import {
  acceptedBy,
  alternativesOf,
  bounds,
  isPathSchema,
  isSchema,
  keywordOf,
  listedValues,
  numberOf,
  partsOf,
  patternOf,
  requiredBeside,
  type Schema,
  schemaAt,
  schemaList,
} from "../model/setting-schema.js";
import {
  FileContents,
  Float,
  Interpolation,
  isList,
  PathValue,
  type Value,
} from "../model/value.js";
import type { Spot } from "./spot.js";
import { TextPattern } from "./text-pattern.js";

/** What a wrong value should have been. */
export type Expectation = Pick<WrongValue, "expected" | "near">;

/**
 * What a schema and those inside it say, each looked at once: values are many more than schemas.
 * Each value checked against each schema is a step; when the budget has none left, nothing more is
 * found.
 */
export class Rules {
  private readonly rules = new Map<DataMap, Rule>();
  private readonly expectations = new Map<Schema, Expectation>();

  constructor(
    readonly root: Schema,
    private readonly budget: Budget,
    /** For the names to suggest. */
    private readonly ration: Ration,
  ) {}

  of(schema: DataMap): Rule {
    return getOrInsertComputed(this.rules, schema, () => new Rule(schema, this.root, this.ration));
  }

  expectation(schema: Schema): Expectation {
    return getOrInsertComputed(this.expectations, schema, () => {
      const expected = acceptedBy(schema, this.root);
      return {
        expected,
        near: this.ration.of(expected.values.filter((value) => typeof value === "string")),
      };
    });
  }

  /** Whether so many steps may be made. */
  maySpend(steps: number, at: { readonly origin: Origin }): boolean {
    return this.budget.spend(steps, at);
  }

  /** Whether so many results may be kept: each is as expensive as twenty steps. */
  mayKeep(count: number, at: { readonly origin: Origin }): boolean {
    return this.budget.spend(20 * count, at);
  }
}

/** What a schema itself says. */
export class Rule {
  readonly required: readonly Schema[];
  readonly alternatives: readonly Schema[];
  /** A schema with the alternatives alone. */
  readonly anyOf: Schema;
  readonly firstItems: readonly Schema[];
  readonly items: Schema;
  readonly properties: DataMap;
  readonly otherProperties: Schema;
  private readonly types: ReadonlySet<string> | undefined;
  private readonly values: ListedValues | undefined;
  private readonly min: number | bigint;
  private readonly max: number | bigint;
  private readonly pattern: TextPattern | undefined;
  private readonly isPath: boolean;
  private names: KnownNames | undefined;
  private owners: ReadonlyMap<string, string | undefined> | undefined;

  constructor(
    schema: DataMap,
    private readonly root: Schema,
    private readonly ration: Ration,
  ) {
    const pattern = patternOf(schema);
    this.pattern = pattern === undefined ? undefined : TextPattern.of(pattern);
    this.isPath = isPathSchema(schema);
    const types = keywordOf(schema, "type");
    const values = listedValues(schema);
    const properties = keywordOf(schema, "properties");
    const { least: min = -Infinity, most: max = Infinity } = bounds(schema);
    this.types = types === undefined ? undefined : new Set([types].flat() as readonly string[]);
    this.values = values === undefined ? undefined : new ListedValues(values);
    this.min = min;
    this.max = max;
    this.required = requiredBeside(schema, root);
    this.alternatives = alternativesOf(schema);
    this.anyOf = { anyOf: this.alternatives as readonly Data[] };
    this.firstItems = schemaList(schema, "prefixItems");
    this.items = schemaAt(schema, "items") ?? true;
    this.properties = isDataMap(properties) ? properties : {};
    this.otherProperties =
      keywordOf(schema, "patternProperties") === undefined
        ? (schemaAt(schema, "additionalProperties") ?? true)
        : true;
  }

  /** The keys of `properties`. */
  get known(): KnownNames {
    return (this.names ??= knownNames(Object.keys(this.properties), this.ration));
  }

  /** The property that alone has a key inside, of the first fifty. To find them takes steps, once. */
  ownerOf(key: string, maySpend: (steps: number) => boolean): string | undefined {
    this.owners ??= this.findOwners(maySpend);
    return this.owners.get(key);
  }

  private findOwners(
    maySpend: (steps: number) => boolean,
  ): ReadonlyMap<string, string | undefined> {
    const owners = new Map<string, string | undefined>();
    for (const [name, property] of Object.entries(this.properties).slice(0, 50)) {
      const parts = isSchema(property) ? partsOf(property, this.root) : [];
      const inside = new Set(
        parts.flatMap((part) => {
          const properties = keywordOf(part, "properties");
          return isDataMap(properties) ? Object.keys(properties) : [];
        }),
      );
      if (!maySpend(inside.size)) {
        break;
      }
      for (const key of inside) {
        owners.set(key, owners.has(key) ? undefined : name);
      }
    }
    return owners;
  }

  /** The keys that one with dots would be if dots nested, where the schema knows the first. */
  nestedKeys(key: string): readonly string[] | undefined {
    const keys = key.split(".");
    const [first = ""] = keys;
    const outer = Object.hasOwn(this.properties, first) ? this.properties[first] : undefined;
    return keys.length > 1 &&
      !Object.hasOwn(this.properties, key) &&
      keys.every((part) => part !== "") &&
      isSchema(outer) &&
      acceptedBy(outer, this.root).types.includes("object")
      ? keys
      : undefined;
  }

  /** How many steps {@link acceptsOutermost} takes beyond the usual. */
  effortFor({ value }: Spot): number {
    return typeof value === "string" ? Math.floor((this.pattern?.effortFor(value) ?? 0) / 10) : 0;
  }

  /** What `type`, `enum`, `const`, `pattern`, `format` and bounds of this very schema say. */
  acceptsOutermost(spot: Spot): boolean {
    if (this.types !== undefined && !hasType(spot.value, this.types)) {
      return false;
    }
    if (this.values !== undefined && !this.values.include(spot)) {
      return false;
    }
    if (typeof spot.value === "string" && !this.acceptsText(spot.value)) {
      return false;
    }
    const number = numberOf(spot.value);
    return number === undefined || (number >= this.min && number <= this.max);
  }

  private acceptsText(text: string): boolean {
    return (this.pattern?.matches(text) ?? true) && (!this.isPath || text.startsWith("/"));
  }
}

class ListedValues {
  private readonly fingerprints: ReadonlySet<string>;
  private readonly hasString: boolean;

  constructor(values: readonly Data[]) {
    this.fingerprints = new Set(values.map(fingerprint));
    this.hasString = values.some((value) => typeof value === "string");
  }

  /** A path, the text of a file or one with references may be any string. */
  include(spot: Spot): boolean {
    return isUnknownText(spot.value) ? this.hasString : this.fingerprints.has(spot.fingerprint);
  }
}

/** Whether it is a string that only Nix knows. */
function isUnknownText(value: Value): boolean {
  return (
    value instanceof PathValue || value instanceof FileContents || value instanceof Interpolation
  );
}

function hasType(value: Value, types: ReadonlySet<string>): boolean {
  const type = typeOf(value);
  return types.has(type) || (type === "integer" && types.has("number"));
}

/** The narrowest type of JSON Schema that a value without a form around it has. */
function typeOf(value: Value): string {
  if (value === null) {
    return "null";
  }
  if (typeof value === "boolean") {
    return "boolean";
  }
  if (typeof value === "string" || isUnknownText(value)) {
    return "string";
  }
  if (typeof value === "bigint" || Number.isInteger(value)) {
    return "integer";
  }
  if (typeof value === "number" || value instanceof Float) {
    return "number";
  }
  return isList(value) ? "array" : "object";
}
