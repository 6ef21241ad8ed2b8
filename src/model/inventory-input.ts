import type { Source } from "./source.js";

/** An inventory that a program made, as a source. What JSON has no word for is left out. */
export function sourceOf(inventory: InventoryInput, name = "inventory.json"): Source {
  return { name, text: JSON.stringify(inventory, undefined, 2), format: "json" };
}

/**
 * An inventory as a TypeScript program writes it; {@link sourceOf} makes a source of it. The schema says
 * what each part means; a test holds the two together.
 */
export interface InventoryInput {
  readonly $schema?: string | null;
  readonly meta?: MetaInput | null;
  readonly machines?: Entries<MachineInput> | Names;
  readonly tags?: Entries<Names | SelectorInput>;
  readonly instances?: Entries<InstanceInput>;
  /** What `{ $value: "name" }` stands for, in any source. */
  readonly values?: { readonly [name: string]: unknown } | null;
  /** Ignored. */
  readonly [extension: `x-${string}`]: unknown;
}

export interface MetaInput {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly icon?: string | null;
  readonly domain?: string | null;
  /** @deprecated Say `domain`. */
  readonly tld?: string | null;
}

export interface MachineInput {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly icon?: string | null;
  readonly machineClass?: "nixos" | "darwin" | null;
  readonly tags?: Names;
  readonly installedAt?: number | null;
  readonly deploy?: {
    readonly targetHost?: string | null;
    readonly buildHost?: string | null;
    readonly forwardAgent?: boolean | null;
  } | null;
}

export interface SelectorInput {
  readonly anyOf?: Names;
  readonly allOf?: Names;
  readonly noneOf?: Names;
  readonly machines?: Names;
  readonly except?: Names;
}

export interface InstanceInput {
  readonly module?:
    | string
    | { readonly name?: string | null; readonly input?: string | null }
    | null;
  readonly roles?: Entries<RoleInput>;
}

export interface RoleInput {
  readonly machines?: Entries<AssignmentInput> | Names;
  readonly tags?: Entries<AssignmentInput> | Names;
  readonly settings?: SettingsInput;
  /** Paths, `{ $ref: "…" }`, or inline modules; or a form that is a list of such. */
  readonly extraModules?:
    | readonly (string | { readonly [key: string]: unknown })[]
    | { readonly [form: string]: unknown }
    | null;
}

export interface AssignmentInput {
  readonly settings?: SettingsInput;
}

/** Any JSON values, special forms as `{ $path: "./a" }` and the like. */
export type SettingsInput = { readonly [key: string]: unknown } | null;

/** By names that the user chooses. */
type Entries<T> = { readonly [name: string]: T | null } | null;

type Names = readonly string[] | null;
