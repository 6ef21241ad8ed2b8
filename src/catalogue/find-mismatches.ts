import { type Budget, maxErrors } from "../diagnostics/budget.js";
import type { WrongValue } from "../diagnostics/service-messages.js";
import { type KnownNames, knownNames, rationed } from "../diagnostics/suggest.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import { getOrInsertComputed } from "../model/maps.js";
import type { Origin, Path } from "../model/origin.js";
import {
  acceptedBy,
  alternativesOf,
  bounds,
  isSchema,
  keywordOf,
  listedValues,
  numberOf,
  requiredBeside,
  type Schema,
  schemaAt,
  schemaList,
} from "../model/setting-schema.js";
import {
  FileContents,
  Float,
  If,
  isList,
  isMap,
  isSpecial,
  Merge,
  Order,
  Override,
  PathValue,
  type Value,
} from "../model/value.js";

/** Something in a value that its schema does not allow. */
export type Mismatch = UnknownKey | WrongValue;

export interface UnknownKey {
  readonly kind: "unknown";
  /** Keys and indices from the root of the value, through special forms. */
  readonly path: Path;
  /** Of the key. */
  readonly origin: Origin;
  /** The keys that there are instead. */
  readonly known: KnownNames;
}

/**
 * What in `value` a schema does not allow: all, or a thousand. Special forms count
 * as what they hold, or as whatever is asked for where only Nix knows that.
 */
export function findMismatches(value: Value, rules: Rules, origin: Origin): readonly Mismatch[] {
  const { found, report } = someMismatches();
  for (const spot of spotsOf(Spot.root(value, origin))) {
    match(spot, rules.root, rules, report);
  }
  return found;
}

type OnMismatch = (mismatch: Mismatch) => void;

function someMismatches(): { readonly found: readonly Mismatch[]; readonly report: OnMismatch } {
  const found: Mismatch[] = [];
  const report = (mismatch: Mismatch) => {
    if (found.length < maxErrors) {
      found.push(mismatch);
    }
  };
  return { found, report };
}

type Expectation = Pick<WrongValue, "expected" | "near">;

/**
 * What a schema and those inside it say, each read once: there are many more
 * values than schemas. Each value held against each schema is a step; when the
 * budget has none left, nothing more is found.
 */
export class Rules {
  private readonly read = new Map<DataMap, Rule>();
  private readonly expectations = new Map<Schema, Expectation>();

  constructor(
    readonly root: Schema,
    private readonly budget: Budget,
  ) {}

  of(schema: DataMap): Rule {
    return getOrInsertComputed(this.read, schema, () => new Rule(schema, this.root));
  }

  expectation(schema: Schema): Expectation {
    return getOrInsertComputed(this.expectations, schema, () => {
      const expected = acceptedBy(schema, this.root);
      return {
        expected,
        near: rationed(expected.values.filter((value) => typeof value === "string")),
      };
    });
  }

  /** Whether so many steps may be made. */
  maySpend(steps: number, at: { readonly origin: Origin }): boolean {
    return this.budget.spend(steps, at);
  }

  /**
   * Whether so much may be kept for later: each thing takes as much memory as twenty steps take
   * time.
   */
  mayKeep(count: number, at: { readonly origin: Origin }): boolean {
    return this.budget.spend(20 * count, at);
  }
}

/** What a schema itself says. */
class Rule {
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
  private readonly least: number | bigint;
  private readonly most: number | bigint;
  private names: KnownNames | undefined;

  constructor(schema: DataMap, root: Schema) {
    const types = keywordOf(schema, "type");
    const values = listedValues(schema);
    const properties = keywordOf(schema, "properties");
    const { least = -Infinity, most = Infinity } = bounds(schema);
    this.types = types === undefined ? undefined : new Set([types].flat() as readonly string[]);
    this.values = values === undefined ? undefined : new ListedValues(values);
    this.least = least;
    this.most = most;
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
    return (this.names ??= knownNames(Object.keys(this.properties)));
  }

  /** What `type`, `enum`, `const` and bounds of this very schema say. */
  acceptsOutermost(spot: Spot): boolean {
    if (this.types !== undefined && !hasType(spot.value, this.types)) {
      return false;
    }
    if (this.values !== undefined && !this.values.have(spot)) {
      return false;
    }
    const number = numberOf(spot.value);
    return number === undefined || (number >= this.least && number <= this.most);
  }
}

class ListedValues {
  private readonly fingerprints: ReadonlySet<string>;
  private readonly hasString: boolean;

  constructor(values: readonly Data[]) {
    this.fingerprints = new Set(values.map(fingerprint));
    this.hasString = values.some((value) => typeof value === "string");
  }

  /** A path or the text of a file may be any string. */
  have(spot: Spot): boolean {
    return spot.value instanceof PathValue || spot.value instanceof FileContents
      ? this.hasString
      : this.fingerprints.has(spot.fingerprint);
  }
}

/**
 * A value, and how it was come to: most are right, so that the way is spelt out
 * only where one is not. Where alternatives are tried it is kept what came of
 * each, and of the values inside: schemas that share parts would try them ever
 * more often.
 */
class Spot {
  tried?: Tried;
  private print?: string;

  private constructor(
    readonly value: Value,
    private readonly around: Spot | undefined,
    /** Absent where `around` is a special form that holds the value. */
    private readonly key: string | number | undefined,
    /** Absent where it follows from `around`. */
    private readonly stated: Origin | undefined,
  ) {}

  static root(value: Value, origin: Origin): Spot {
    return new Spot(value, undefined, undefined, origin);
  }

  inside(key: string | number, value: Value): Spot {
    return new Spot(value, this, key, undefined);
  }

  held(value: Value, origin: Origin): Spot {
    return new Spot(value, this, undefined, origin);
  }

  get fingerprint(): string {
    return (this.print ??= fingerprint(this.value));
  }

  get path(): Path {
    if (this.around === undefined) {
      return [];
    }
    return this.key === undefined ? this.around.path : [...this.around.path, this.key];
  }

  get origin(): Origin {
    return this.stated ?? this.around!.origin.at(this.key!);
  }
}

interface Tried {
  readonly mismatches: Map<Schema, readonly Mismatch[]>;
  readonly inside: Map<string | number, readonly Spot[]>;
}

function nothingTried(): Tried {
  return { mismatches: new Map(), inside: new Map() };
}

/** The values that a special form holds; none where only Nix knows what it is. */
function spotsOf(spot: Spot): readonly Spot[] {
  const { value } = spot;
  if (!isSpecial(value) || value instanceof PathValue || value instanceof FileContents) {
    return [spot];
  }
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) =>
      spotsOf(spot.held(content, value.origin.at(index))),
    );
  }
  const holds =
    value instanceof Override || value instanceof Order || (value instanceof If && value.condition);
  return holds ? spotsOf(spot.held(value.content, value.origin)) : [];
}

/** `seen` are schemas that the same value was held against for the same report. */
function match(
  spot: Spot,
  schema: Schema,
  rules: Rules,
  report: OnMismatch,
  seen?: Set<Schema>,
): void {
  if (schema === true || seen?.has(schema) || !rules.maySpend(1, spot)) {
    return;
  }
  seen?.add(schema);
  const rule = schema === false ? undefined : rules.of(schema);
  if (rule === undefined || !rule.acceptsOutermost(spot)) {
    report(wrong(spot, rules.expectation(schema)));
    return;
  }
  const { required, alternatives } = rule;
  const met = required.length > 1 ? (seen ?? new Set()) : seen;
  for (const other of required) {
    match(spot, other, rules, report, met);
  }
  if (alternatives.length > 0) {
    matchAny(spot, rule, rules).forEach(report);
  }
  matchParts(spot, rule, rules, report);
}

function hasType(value: Value, types: ReadonlySet<string>): boolean {
  const type = typeOf(value);
  return types.has(type) || (type === "integer" && types.has("number"));
}

/**
 * Matches the alternative that comes nearest: one that fits from outside, wrong at the deepest
 * place, then in the fewest.
 */
function matchAny(spot: Spot, { alternatives, anyOf }: Rule, rules: Rules): readonly Mismatch[] {
  const results: (readonly Mismatch[])[] = [];
  const { mismatches: known } = (spot.tried ??= nothingTried());
  for (const alternative of alternatives) {
    const mismatches = known.get(alternative) ?? mismatchesWith(spot, alternative, rules);
    if (!rules.mayKeep(1 + mismatches.length, spot)) {
      return [];
    }
    known.set(alternative, mismatches);
    if (mismatches.length === 0) {
      return [];
    }
    if (depth(mismatches) > spot.path.length) {
      results.push(mismatches);
    }
  }
  const [nearest] = results.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return nearest ?? [wrong(spot, rules.expectation(anyOf))];
}

function mismatchesWith(spot: Spot, schema: Schema, rules: Rules): readonly Mismatch[] {
  const { found, report } = someMismatches();
  match(spot, schema, rules, report);
  return found;
}

function depth(mismatches: readonly Mismatch[]): number {
  return mismatches.reduce((least, { path }) => Math.min(least, path.length), Infinity);
}

function matchParts(spot: Spot, rule: Rule, rules: Rules, report: OnMismatch): void {
  const { firstItems, items, properties, otherProperties } = rule;
  const { value } = spot;
  if (isList(value)) {
    value.forEach((item, index) =>
      matchInside(spot, index, item, firstItems[index] ?? items, rules, report),
    );
    return;
  }
  if (!isMap(value)) {
    return;
  }
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : otherProperties;
    if (property === false) {
      report({
        kind: "unknown",
        path: [...spot.path, key],
        origin: spot.origin.at(key).asKey(),
        known: rule.known,
      });
    } else if (isSchema(property)) {
      matchInside(spot, key, value[key]!, property, rules, report);
    }
  }
}

function matchInside(
  around: Spot,
  key: string | number,
  value: Value,
  schema: Schema,
  rules: Rules,
  report: OnMismatch,
): void {
  if (schema === true) {
    return;
  }
  for (const spot of spotsInside(around, key, value)) {
    match(spot, schema, rules, report);
  }
}

function spotsInside(around: Spot, key: string | number, value: Value): readonly Spot[] {
  const { tried } = around;
  const known = tried?.inside.get(key);
  if (known !== undefined) {
    return known;
  }
  const spots = spotsOf(around.inside(key, value));
  if (tried === undefined) {
    return spots;
  }
  for (const spot of spots) {
    spot.tried = nothingTried();
  }
  tried.inside.set(key, spots);
  return spots;
}

function wrong({ value, path, origin }: Spot, expectation: Expectation): WrongValue {
  return { kind: "wrong", path, origin, ...expectation, found: value };
}

/** The narrowest type of JSON Schema that a value without a form around it has. */
function typeOf(value: Value): string {
  if (value === null) {
    return "null";
  }
  if (typeof value === "boolean") {
    return "boolean";
  }
  if (typeof value === "string" || value instanceof PathValue || value instanceof FileContents) {
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
