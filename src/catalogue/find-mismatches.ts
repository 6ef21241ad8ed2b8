import { maxErrors } from "../diagnostics/budget.js";
import type { WrongValue } from "../diagnostics/setting-messages.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Origin } from "../model/origin.js";
import { isSchema, type Schema } from "../model/setting-schema.js";
import { isList, isMap, type Value, type ValueMap } from "../model/value.js";
import type { Mismatch } from "./mismatch.js";
import type { Expectation, Rule, Rules } from "./rules.js";
import { Spot, spotsInside, spotsOf } from "./spot.js";

/**
 * What in `value` a schema does not allow: all, or a thousand. Special forms count as what they
 * hold, or as what the schema expects where only Nix knows that.
 */
export function findMismatches(value: Value, rules: Rules, origin: Origin): readonly Mismatch[] {
  const found: Mismatch[] = [];
  for (const spot of spotsOf(Spot.root(value, origin))) {
    match(spot, rules.root, { rules, found, seen: undefined });
  }
  return withoutEmptied(found);
}

/** A setting is empty because what belongs inside is beside it: one mistake. */
function withoutEmptied(found: readonly Mismatch[]): readonly Mismatch[] {
  const emptied = new Set(
    found.flatMap((mismatch) =>
      mismatch.kind === "unknown" && mismatch.owner !== undefined
        ? [JSON.stringify([...mismatch.path.slice(0, -1), mismatch.owner.name])]
        : [],
    ),
  );
  return emptied.size === 0
    ? found
    : found.filter(
        (mismatch) =>
          mismatch.kind === "unknown" ||
          mismatch.found !== null ||
          !emptied.has(JSON.stringify(mismatch.path)),
      );
}

interface Matching {
  readonly rules: Rules;
  readonly found: Mismatch[];
  /** Schemas that the same value was already checked against for the same report. */
  readonly seen: Set<Schema> | undefined;
}

function match(spot: Spot, schema: Schema, matching: Matching): void {
  const { rules, found, seen } = matching;
  if (schema === true || seen?.has(schema) || !rules.maySpend(1, spot)) {
    return;
  }
  seen?.add(schema);
  const rule = schema === false ? undefined : rules.of(schema);
  if (rule !== undefined && !rules.maySpend(rule.effortFor(spot), spot)) {
    return;
  }
  if (rule === undefined || !rule.acceptsOutermost(spot)) {
    add(found, () => wrong(spot, rules.expectation(schema)));
    return;
  }
  const { required, alternatives } = rule;
  const forSame =
    required.length > 1 && seen === undefined
      ? { rules, found, seen: new Set<Schema>() }
      : matching;
  for (const other of required) {
    match(spot, other, forSame);
  }
  if (alternatives.length > 0) {
    for (const mismatch of matchAny(spot, rule, rules)) {
      add(found, () => mismatch);
    }
  }
  matchParts(spot, rule, seen === undefined ? matching : { rules, found, seen: undefined });
}

/**
 * Matches the alternative that comes nearest: one that fits from outside, wrong at the deepest
 * place, then in the fewest.
 */
function matchAny(spot: Spot, { alternatives, anyOf }: Rule, rules: Rules): readonly Mismatch[] {
  const results: (readonly Mismatch[])[] = [];
  const { mismatches: known } = spot.startTrying();
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
  const found: Mismatch[] = [];
  match(spot, schema, { rules, found, seen: undefined });
  return found;
}

/** Makes one more mismatch, if it would still be reported. */
function add(found: Mismatch[], make: () => Mismatch): void {
  if (found.length < maxErrors) {
    found.push(make());
  }
}

function depth(mismatches: readonly Mismatch[]): number {
  return mismatches.reduce((least, { path }) => Math.min(least, path.length), Infinity);
}

function matchParts(spot: Spot, rule: Rule, matching: Matching): void {
  const { firstItems, items, properties, otherProperties } = rule;
  const { value } = spot;
  if (isList(value)) {
    const checked = items === true ? firstItems.length : value.length;
    for (let index = 0; index < Math.min(checked, value.length); index++) {
      matchInside(spot, index, firstItems[index] ?? items, matching);
    }
    return;
  }
  if (!isMap(value)) {
    return;
  }
  let halfSteps = 0;
  const owned = new Map<string, string[]>();
  let header: string | undefined;
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : otherProperties;
    const nested = key.includes(".") ? rule.nestedKeys(key) : undefined;
    if (property === false || nested !== undefined) {
      halfSteps += 2;
      const owner =
        nested === undefined && matching.found.length < maxErrors
          ? ownerOf(key, spot, value, { rule, header, rules: matching.rules })
          : undefined;
      const keys = owner === undefined ? undefined : owned.get(owner);
      if (keys !== undefined) {
        keys.push(key);
        continue;
      }
      const all = [key];
      if (owner !== undefined) {
        owned.set(owner, all);
      }
      add(matching.found, () => ({
        kind: "unknown",
        path: [...spot.path, key],
        origin: spot.origin.keyAt(key),
        known: rule.known,
        nested,
        owner: owner === undefined ? undefined : { name: owner, keys: all },
        isBare: value[key] === null,
      }));
      continue;
    }
    header = value[key] === null ? key : undefined;
    if (isSchema(property) && property !== true) {
      matchInside(spot, key, property, matching);
    } else {
      halfSteps++;
    }
  }
  // What is unknown takes a step, too, and a key that is passed by half of one.
  matching.rules.maySpend(halfSteps >> 1, spot);
}

/**
 * The setting in the same map that an unknown key belongs in; rather a key that is near, unless that is
 * empty. `header` is an empty setting above the key.
 */
function ownerOf(
  key: string,
  spot: Spot,
  map: ValueMap,
  { rule, header, rules }: Readonly<{ rule: Rule; header: string | undefined; rules: Rules }>,
): string | undefined {
  const inside = rule.ownerOf(key, (steps) => rules.maySpend(steps, spot));
  const owner = inside ?? header;
  if (owner === undefined || (inside === undefined && !isMapOnly(owner, rule, rules))) {
    return undefined;
  }
  const around = Object.hasOwn(map, owner) ? map[owner]! : undefined;
  const isEmpty = around === null;
  const isFree = around === undefined || isEmpty || (isMap(around) && !Object.hasOwn(around, key));
  const mayBeNear = inside !== undefined && isEmpty;
  return isFree && (mayBeNear || nearest(key, rule.known.near).length === 0) ? owner : undefined;
}

/** Whether a setting has to be a map. */
function isMapOnly(name: string, { properties }: Rule, rules: Rules): boolean {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const types = isSchema(property) ? rules.expectation(property).expected.types : [];
  return types.includes("object") && !types.includes("null");
}

function matchInside(around: Spot, key: string | number, schema: Schema, matching: Matching): void {
  if (schema === true) {
    return;
  }
  for (const spot of spotsInside(around, key)) {
    match(spot, schema, matching);
  }
}

function wrong({ value, path, origin }: Spot, expectation: Expectation): WrongValue {
  return { kind: "wrong", path, origin, ...expectation, found: value };
}
