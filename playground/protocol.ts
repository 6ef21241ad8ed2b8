import type { Engine } from "./engine.js";

/** The one kind of message to the worker: call the engine's method with these arguments. */
export type Request = {
  readonly [Method in keyof Engine]: {
    readonly id: number;
    readonly method: Method;
    readonly args: Parameters<Engine[Method]>;
  };
}[keyof Engine];

/**
 * The one kind of message back: what the engine returned after so many milliseconds, or what it
 * threw.
 */
export type Reply = { readonly id: number } & (
  | { readonly answer: unknown; readonly milliseconds: number }
  | { readonly failure: string }
);
