import type { MachineClass } from "../../src/index.js";

/**
 * An inventory as the comparison holds it: Clan's own shape, plus selectors, machines declared
 * elsewhere, and several definitions of one layer, each in a later source than the one before.
 */
export interface Fleet {
  readonly machines: Readonly<Record<string, Machine>>;
  readonly known: Readonly<Record<string, MachineClass>>;
  readonly tags: Readonly<Record<string, Tag>>;
  readonly instances: Readonly<Record<string, Instance>>;
}

export interface Machine extends Settings {
  readonly tags: readonly string[];
}

export type Tag = readonly string[] | Selector;

export interface Selector {
  readonly anyOf?: readonly string[];
  readonly allOf?: readonly string[];
  readonly noneOf?: readonly string[];
  readonly machines?: readonly string[];
  readonly except?: readonly string[];
}

export interface Instance {
  readonly module: { readonly name: string; readonly input: string | null };
  readonly roles: Readonly<Record<string, Role>>;
}

export interface Role {
  readonly machines: Readonly<Record<string, Layer>>;
  readonly tags: Readonly<Record<string, Layer>>;
  readonly settings: Layer;
}

/** Definitions of the settings of one layer. */
export type Layer = readonly Settings[];

/** Properties are in the data form of nixpkgs: `{ _type: "override", … }`. */
export type Value = null | boolean | string | number | Literal | readonly Value[] | Settings;

export interface Settings {
  readonly [key: string]: Value;
}

/** A number by its text, which `number` would lose: `1.0`, 2^60. */
export class Literal {
  constructor(readonly text: string) {}
}

export function isMap(value: Value): value is Settings {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Literal)
  );
}

export function mapValues<A, B>(
  map: Readonly<Record<string, A>>,
  f: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, f(value, key)]));
}

export function writeJson(value: Value): string {
  if (value instanceof Literal) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${value.map(writeJson).join(",")}]`;
  }
  if (!isMap(value)) {
    return JSON.stringify(value);
  }
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${writeJson(entry)}`)
    .join(",")}}`;
}
