/**
 * The special forms of this project: `!mkForce x` in YAML, `{"$mkForce": x}` in JSON. This is the
 * one table of their names; the classes that hold them are in `value.ts`.
 */
import type { Data, DataMap } from "./data.js";
import type { Property, Special } from "./value.js";

interface SpecialForm {
  /** The class that holds the form; `value` has none, since the shared value takes its place. */
  readonly kind: Exclude<Special["kind"], "if" | "merge" | "unreadable"> | "value";
  /**
   * The priority or order that the name implies. An `override` or `order` without one takes a pair:
   * `[10, value]`.
   */
  readonly number?: number;
}

export const specialForms = {
  path: { kind: "path" },
  fileContents: { kind: "fileContents" },
  ref: { kind: "ref" },
  interpolate: { kind: "interpolate" },
  concat: { kind: "concat" },
  value: { kind: "value" },
  modulesIn: { kind: "modulesIn" },
  nix: { kind: "nix" },
  mkForce: { kind: "override", number: 50 },
  mkDefault: { kind: "override", number: 1000 },
  mkOverride: { kind: "override" },
  mkBefore: { kind: "order", number: 500 },
  mkAfter: { kind: "order", number: 1500 },
  mkOrder: { kind: "order" },
} as const satisfies { readonly [name: string]: SpecialForm };

export type FormName = keyof typeof specialForms;

const formNames = Object.keys(specialForms) as readonly FormName[];

/** The YAML tags of the forms. */
export const formTags: readonly string[] = formNames.map((name) => `!${name}`);

/** The keys of the forms in JSON. */
export const formKeys: readonly string[] = formNames.map((name) => `$${name}`);

const namesByKey: ReadonlyMap<string, FormName> = new Map(
  formNames.map((name) => [`$${name}`, name]),
);

/** The form that a map is: it has a single key, which is that of a form. */
export function formOf(
  data: DataMap,
): { readonly name: FormName; readonly argument: Data } | undefined {
  // A map may be long, and be asked about once for each of its entries.
  for (const [key, name] of namesByKey) {
    if (Object.hasOwn(data, key)) {
      return Object.keys(data).length === 1 ? { name, argument: data[key]! } : undefined;
    }
  }
  return undefined;
}

/** The name that users know a property by; `mkIf` and `mkMerge` are nixpkgs' alone. */
export function nameOfProperty(property: Property): FormName | "mkIf" | "mkMerge" {
  switch (property.kind) {
    case "override":
    case "order":
      return nameOfPriority(property.kind, property.priority);
    case "if":
      return "mkIf";
    case "merge":
      return "mkMerge";
  }
}

/** `mkForce` for 50, `mkOverride` for a priority without a name of its own. */
export function nameOfPriority(kind: "override" | "order", priority: number): FormName {
  const names = formNames.filter((name) => specialForms[name].kind === kind);
  const numberOf = (name: FormName) => (specialForms[name] as SpecialForm).number;
  return (
    names.find((name) => numberOf(name) === priority) ??
    names.find((name) => numberOf(name) === undefined)!
  );
}

/**
 * nixpkgs' own data form of each property, `{_type: "override", priority: 50, content: x}`: its
 * fields beside `_type`.
 */
export const typedForms = {
  override: ["priority", "content"],
  order: ["priority", "content"],
  if: ["condition", "content"],
  merge: ["contents"],
} as const satisfies { readonly [kind in Property["kind"]]: readonly string[] };

export type TypedForm = keyof typeof typedForms;
