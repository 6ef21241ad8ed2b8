import type { Diagnostic } from "../src/index.js";
import type { Compiler, Timed } from "./compiler.js";
import type { Difference, Explanation, FleetMachine } from "./engine.js";
import { toEngineOptions, toSources, type State } from "./state.js";

/** What the compiler says of a state. */
export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  readonly milliseconds: number;
  /** What the view shows; absent if there is any error. */
  readonly content?: Content;
}

export type Content =
  | { readonly view: "nix" | "json"; readonly text: string }
  | { readonly view: "machines"; readonly fleet: readonly FleetMachine[] }
  | { readonly view: "explain"; readonly fleet: readonly FleetMachine[]; readonly question: State["question"]; readonly explanation?: Explanation | undefined }
  | { readonly view: "graph"; readonly graph: string }
  /** Without a difference where nothing is kept to compare with. */
  | { readonly view: "diff"; readonly difference?: Difference };

/** Asks the compiler just what the view needs. */
export async function askFor({ files, kept, options, question, view }: State, compiler: Compiler): Promise<Answer> {
  const sources = toSources(files);
  const engineOptions = toEngineOptions(options);
  switch (view) {
    case "nix":
    case "json":
      return answerWith(await compiler.ask("compile", sources, { ...engineOptions, to: view }), ({ text }) => text !== undefined && { view, text });
    case "machines":
      return answerWith(await compiler.ask("fleet", sources, engineOptions), ({ fleet }) => fleet && { view, fleet });
    case "explain": {
      const { answer, milliseconds } = await compiler.ask("fleet", sources, engineOptions);
      const { fleet, diagnostics } = answer;
      const machine = fleet?.find(({ name }) => name === question.machine);
      if (fleet === undefined) return { diagnostics, milliseconds };
      if (machine === undefined) return { diagnostics, milliseconds, content: { view, fleet, question: { machine: "", instance: "" } } };
      const instance = machine.roles.some((role) => role.instance === question.instance) ? question.instance : "";
      const explained = await compiler.ask("explain", sources, { machine: machine.name, ...(instance !== "" && { instance }) }, engineOptions);
      const content = { view, fleet, question: { machine: machine.name, instance }, explanation: explained.answer.explanation };
      return { diagnostics, milliseconds: milliseconds + explained.milliseconds, content };
    }
    case "graph":
      return answerWith(await compiler.ask("graph", sources, engineOptions), ({ graph }) => graph !== undefined && { view, graph });
    case "diff":
      if (kept === null) return answerWith(await compiler.ask("compile", sources, engineOptions), ({ text }) => text !== undefined && { view });
      return answerWith(await compiler.ask("diff", toSources(kept), sources, engineOptions), ({ difference }) => difference && { view, difference });
  }
}

function answerWith<T extends { readonly diagnostics: readonly Diagnostic[] }>({ answer, milliseconds }: Timed<T>, read: (answer: T) => Content | false | undefined): Answer {
  const content = read(answer) || undefined;
  return { diagnostics: answer.diagnostics, milliseconds, ...(content && { content }) };
}
