/** The imports of `wit/evaluator.wit`, as the guest sees them. */

declare module "inventory2nix:evaluator/nix@0.1.0" {
  /** A value of Nix; 0 is none. */
  export type Handle = number;

  export function panic(message: string): never;
  export function warn(message: string): void;
  export function makeFloat(number: number): Handle;
  export function makeBool(flag: 0 | 1): Handle;
  export function getBool(value: Handle): number;
  export function makeNull(): Handle;
  export function makeString(text: string): Handle;
  export function makePath(base: Handle, path: string): Handle;
  export function makeList(items: Uint32Array): Handle;
  export function makeAttrset(
    attributes: readonly { readonly name: string; readonly value: Handle }[],
  ): Handle;
  export function getAttr(attributes: Handle, name: string): Handle;
  export function callFunction(callee: Handle, argumentList: Uint32Array): Handle;
  export function makeApp(callee: Handle, argumentList: Uint32Array): Handle;
}

declare module "inventory2nix:evaluator/glue@0.1.0" {
  import type { Handle } from "inventory2nix:evaluator/nix@0.1.0";

  export function makeInt(high: number, low: number): Handle;
  export function getInt(value: Handle): number;
  export function copyString(value: Handle): Uint8Array;
  export function copyPath(value: Handle): Uint8Array;
  export function readFile(path: Handle): Uint8Array;
  export function copyList(value: Handle): Uint32Array;
}
