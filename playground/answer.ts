import type { Diagnostic } from "../src/index.js";
import type { Compiler, Timed } from "./compiler.js";
import type { Difference, Explanation, FleetMachine } from "./engine.js";
import { type State, toEngineOptions, toSources } from "./state.js";

/** The compiler's answer for a state. */
export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  readonly milliseconds: number;
  /** What the view shows; absent if there is any error. */
  readonly content?: Content;
}

export type Content =
  | { readonly view: "nix" | "json"; readonly text: string }
  | { readonly view: "machines"; readonly fleet: readonly FleetMachine[] }
  | {
      readonly view: "explain";
      readonly fleet: readonly FleetMachine[];
      readonly question: State["question"];
      readonly explanation?: Explanation | undefined;
    }
  | { readonly view: "graph"; readonly graph: string }
  | { readonly view: "diff"; readonly comparison: Comparison };

/** With a version that was kept, if there is one, and it can be compared with. */
export type Comparison =
  | { readonly kind: "none" }
  | { readonly kind: "broken"; readonly kept: readonly Diagnostic[] }
  | { readonly kind: "made"; readonly difference: Difference };

/** Asks the compiler just what the view needs. */
export async function askFor(
  { files, kept, options, question, view }: State,
  compiler: Compiler,
): Promise<Answer> {
  const sources = toSources(files);
  const engineOptions = toEngineOptions(options);
  switch (view) {
    case "nix":
    case "json":
      return answerWith(
        await compiler.ask("compile", sources, { ...engineOptions, to: view }),
        ({ text }) => text !== undefined && { view, text },
      );
    case "machines":
      return answerWith(
        await compiler.ask("fleet", sources, engineOptions),
        ({ fleet }) => fleet && { view, fleet },
      );
    case "explain": {
      const { answer, milliseconds } = await compiler.ask("fleet", sources, engineOptions);
      const { fleet, diagnostics } = answer;
      const machine = fleet?.find(({ name }) => name === question.machine);
      if (fleet === undefined) {
        return { diagnostics, milliseconds };
      }
      if (machine === undefined) {
        return {
          diagnostics,
          milliseconds,
          content: { view, fleet, question: { machine: "", instance: "" } },
        };
      }
      const instance = machine.roles.some((role) => role.instance === question.instance)
        ? question.instance
        : "";
      const explained = await compiler.ask(
        "explain",
        sources,
        { machine: machine.name, ...(instance !== "" && { instance }) },
        engineOptions,
      );
      const content = {
        view,
        fleet,
        question: { machine: machine.name, instance },
        explanation: explained.answer.explanation,
      };
      return { diagnostics, milliseconds: milliseconds + explained.milliseconds, content };
    }
    case "graph":
      return answerWith(
        await compiler.ask("graph", sources, engineOptions),
        ({ graph }) => graph !== undefined && { view, graph },
      );
    case "diff":
      if (kept === null) {
        return answerWith(
          await compiler.ask("compile", sources, engineOptions),
          ({ text }) => text !== undefined && { view, comparison: { kind: "none" } },
        );
      }
      return answerWith(
        await compiler.ask("diff", toSources(kept), sources, engineOptions),
        ({ difference, before, diagnostics }) => {
          if (difference !== undefined) {
            return { view, comparison: { kind: "made", difference } };
          }
          return (
            !diagnostics.some(isError) && { view, comparison: { kind: "broken", kept: before } }
          );
        },
      );
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function answerWith<T extends { readonly diagnostics: readonly Diagnostic[] }>(
  { answer, milliseconds }: Timed<T>,
  read: (answer: T) => Content | false | undefined,
): Answer {
  const content = read(answer) || undefined;
  return { diagnostics: answer.diagnostics, milliseconds, ...(content && { content }) };
}
