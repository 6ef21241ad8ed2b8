import { isDataMap, type Data, type DataMap } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import { FileContents, Float, If, isList, isMap, isSpecial, Merge, Order, Override, PathValue, type Value } from "./inventory.js";
import { acceptedBy, alternativesOf, bounds, isSchema, keywordOf, listedValues, numberOf, requiredBeside, schemaAt, schemaList, type Accepted, type Schema } from "./setting-schema.js";
import { Origin, type Path } from "./source.js";

/** Something in a value that its schema does not allow. */
export type Mismatch = UnknownKey | WrongValue;

export interface UnknownKey {
  readonly kind: "unknown";
  /** Keys and indices from the root of the value, through special forms. */
  readonly path: Path;
  /** Of the key. */
  readonly origin: Origin;
  /** The keys that there are instead. */
  readonly known: readonly string[];
}

export interface WrongValue {
  readonly kind: "wrong";
  readonly path: Path;
  readonly origin: Origin;
  readonly expected: Accepted;
  readonly found: Value;
}

/**
 * Everything in `value` that `schema` does not allow. Special forms count as
 * what they hold, or as whatever is asked for where only Nix knows that.
 */
export function findMismatches(value: Value, schema: Schema, origin: Origin): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const rules = new Rules(schema);
  for (const spot of spotsOf(Spot.root(value, origin))) match(spot, schema, rules, (mismatch) => found.push(mismatch));
  return found;
}

/** What schemas with this root say, each read once: there are many more values than schemas. */
class Rules {
  private readonly read = new Map<DataMap, Rule>();

  constructor(readonly root: Schema) {}

  of(schema: DataMap): Rule {
    let rule = this.read.get(schema);
    if (rule === undefined) this.read.set(schema, (rule = readRule(schema, this.root)));
    return rule;
  }
}

/** What a schema itself says; `types` and `values` are absent where any will do. */
interface Rule {
  readonly types: readonly string[] | undefined;
  readonly values: readonly Data[] | undefined;
  readonly least: number | bigint;
  readonly most: number | bigint;
  readonly required: readonly Schema[];
  readonly alternatives: readonly Schema[];
  readonly firstItems: readonly Schema[];
  readonly items: Schema;
  readonly properties: DataMap;
  readonly otherProperties: Schema;
}

function readRule(schema: DataMap, root: Schema): Rule {
  const types = keywordOf(schema, "type");
  const properties = keywordOf(schema, "properties");
  const { least = -Infinity, most = Infinity } = bounds(schema);
  return {
    types: types === undefined ? undefined : ([types].flat() as readonly string[]),
    values: listedValues(schema),
    least,
    most,
    required: requiredBeside(schema, root),
    alternatives: alternativesOf(schema),
    firstItems: schemaList(schema, "prefixItems"),
    items: schemaAt(schema, "items") ?? true,
    properties: isDataMap(properties) ? properties : {},
    otherProperties: keywordOf(schema, "patternProperties") === undefined ? (schemaAt(schema, "additionalProperties") ?? true) : true,
  };
}

/**
 * A value, and how it was come to: most are right, so that the way is spelt out
 * only where one is not. Where alternatives are tried it is kept what came of
 * each, and of the values inside: schemas that share parts would try them ever
 * more often.
 */
class Spot {
  tried?: Tried;

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

  get path(): Path {
    if (this.around === undefined) return [];
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

type OnMismatch = (mismatch: Mismatch) => void;

/** The values that a special form holds; none where only Nix knows what it is. */
function spotsOf(spot: Spot): readonly Spot[] {
  const { value } = spot;
  if (!isSpecial(value) || value instanceof PathValue || value instanceof FileContents) return [spot];
  if (value instanceof Merge) return value.contents.flatMap((content, index) => spotsOf(spot.held(content, value.origin.at(index))));
  const holds = value instanceof Override || value instanceof Order || (value instanceof If && value.condition);
  return holds ? spotsOf(spot.held(value.content, value.origin)) : [];
}

/** `seen` are schemas that the same value was held against for the same report. */
function match(spot: Spot, schema: Schema, rules: Rules, report: OnMismatch, seen?: Set<Schema>): void {
  if (schema === true || seen?.has(schema)) return;
  seen?.add(schema);
  const rule = schema === false ? undefined : rules.of(schema);
  if (rule === undefined || !acceptsOutermost(spot.value, rule)) {
    report(wrong(spot, acceptedBy(schema, rules.root)));
    return;
  }
  const { required, alternatives } = rule;
  const met = required.length > 1 ? (seen ?? new Set()) : seen;
  for (const other of required) match(spot, other, rules, report, met);
  if (alternatives.length > 0) matchAny(spot, alternatives, rules).forEach(report);
  matchParts(spot, rule, rules, report);
}

/** What `type`, `enum`, `const` and bounds of this very schema say. */
function acceptsOutermost(value: Value, { types, values, least, most }: Rule): boolean {
  if (types !== undefined && !hasType(value, types)) return false;
  if (values !== undefined && !values.some((listed) => isAmong(value, listed))) return false;
  const number = numberOf(value);
  return number === undefined || (number >= least && number <= most);
}

function hasType(value: Value, types: readonly string[]): boolean {
  const type = typeOf(value);
  return types.includes(type) || (type === "integer" && types.includes("number"));
}

/** Matches the alternative that comes nearest: one that fits from outside, wrong at the deepest place, then in the fewest. */
function matchAny(spot: Spot, alternatives: readonly Schema[], rules: Rules): readonly Mismatch[] {
  const results: (readonly Mismatch[])[] = [];
  const { mismatches: known } = (spot.tried ??= nothingTried());
  for (const alternative of alternatives) {
    const mismatches = known.get(alternative) ?? mismatchesWith(spot, alternative, rules);
    known.set(alternative, mismatches);
    if (mismatches.length === 0) return [];
    if (depth(mismatches) > spot.path.length) results.push(mismatches);
  }
  const [nearest] = results.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return nearest ?? [wrong(spot, acceptedBy({ anyOf: alternatives as readonly Data[] }, rules.root))];
}

function mismatchesWith(spot: Spot, schema: Schema, rules: Rules): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  match(spot, schema, rules, (mismatch) => mismatches.push(mismatch));
  return mismatches;
}

function depth(mismatches: readonly Mismatch[]): number {
  return mismatches.reduce((least, { path }) => Math.min(least, path.length), Infinity);
}

function matchParts(spot: Spot, { firstItems, items, properties, otherProperties }: Rule, rules: Rules, report: OnMismatch): void {
  const { value } = spot;
  if (isList(value)) {
    value.forEach((item, index) => matchInside(spot, index, item, firstItems[index] ?? items, rules, report));
    return;
  }
  if (!isMap(value)) return;
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : otherProperties;
    if (property === false) report({ kind: "unknown", path: [...spot.path, key], origin: spot.origin.at(key).asKey(), known: Object.keys(properties) });
    else if (isSchema(property)) matchInside(spot, key, value[key]!, property, rules, report);
  }
}

function matchInside(around: Spot, key: string | number, value: Value, schema: Schema, rules: Rules, report: OnMismatch): void {
  if (schema === true) return;
  for (const spot of spotsInside(around, key, value)) match(spot, schema, rules, report);
}

function spotsInside(around: Spot, key: string | number, value: Value): readonly Spot[] {
  const { tried } = around;
  const known = tried?.inside.get(key);
  if (known !== undefined) return known;
  const spots = spotsOf(around.inside(key, value));
  if (tried === undefined) return spots;
  for (const spot of spots) spot.tried = nothingTried();
  tried.inside.set(key, spots);
  return spots;
}

function wrong({ value, path, origin }: Spot, expected: Accepted): WrongValue {
  return { kind: "wrong", path, origin, expected, found: value };
}

/** The narrowest type of JSON Schema that a value without a form around it has. */
function typeOf(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string" || value instanceof PathValue || value instanceof FileContents) return "string";
  if (typeof value === "bigint" || Number.isInteger(value)) return "integer";
  if (typeof value === "number" || value instanceof Float) return "number";
  return isList(value) ? "array" : "object";
}

/** A path or the text of a file may be any string. */
function isAmong(value: Value, listed: Data): boolean {
  if (value instanceof PathValue || value instanceof FileContents) return typeof listed === "string";
  return fingerprint(value) === fingerprint(listed);
}
