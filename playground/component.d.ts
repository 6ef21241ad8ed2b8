/** The transpiled component as the worker uses it: `wasm/wit/compiler.wit` in jco's types. */
declare module "#component" {
  import type { Diagnostic, Limits, MachineClass, Question, Source } from "../src/index.js";
  import type {
    CompileAnswer,
    Difference,
    ExplainAnswer,
    GraphAnswer,
    ServiceModule,
  } from "./engine.js";

  export interface Options {
    readonly emit?: "resolved" | "declared";
    readonly to?: "nix" | "json" | "yaml";
    readonly knownMachines: readonly { readonly name: string; readonly class: MachineClass }[];
    readonly allowNix: boolean;
    readonly denyWarnings: boolean;
    readonly rootDefault?:
      | { readonly tag: "required" }
      | { readonly tag: "path"; readonly val: string };
    readonly services?: readonly Source[];
    readonly limits?: Partial<Limits>;
  }

  export interface MachinePlan {
    readonly name: string;
    readonly class: MachineClass;
    readonly tags: readonly string[];
    readonly instances: readonly InstancePlan[];
  }

  export interface InstancePlan {
    readonly name: string;
    readonly module: ServiceModule;
    readonly roles: readonly {
      readonly name: string;
      readonly byName: boolean;
      readonly byTags: readonly string[];
    }[];
  }

  export interface Compiler {
    compile(sources: readonly Source[], options: Options): CompileAnswer;
    plan(
      sources: readonly Source[],
      options: Options,
    ): {
      readonly plan?: { readonly machines: readonly MachinePlan[] };
      readonly diagnostics: readonly Diagnostic[];
    };
    explain(sources: readonly Source[], question: Question, options: Options): ExplainAnswer;
    diff(
      before: readonly Source[],
      after: readonly Source[],
      options: Options,
    ): {
      readonly difference?: Difference;
      readonly before: readonly Diagnostic[];
      readonly after: readonly Diagnostic[];
    };
    graph(sources: readonly Source[], options: Options): GraphAnswer;
    version(): string;
  }

  /** A fresh instance; the code is fetched and compiled once. */
  export function instantiate(): Promise<Compiler>;
}
