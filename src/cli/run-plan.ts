import { plan } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { filterPlan, type PlanFilter } from "../questions/filter-plan.js";
import type { Plan } from "../questions/plan.js";
import { graph } from "../show/mermaid.js";
import { showPlan } from "../show/show-plan.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import { type Input, readInput } from "./read-input.js";
import { report } from "./report.js";
import { writeOutput } from "./write-text.js";

export function runPlan(invocation: Invocation, host: Host): number {
  return withPlan(invocation, host, (made) => printAnswer(made, showPlan, invocation, host));
}

export function runGraph(invocation: Invocation, host: Host): number {
  return withPlan(invocation, host, (made) => {
    writeOutput(graph(made), host);
    return 0;
  });
}

/** Goes on with the part of the plan that the flags choose. */
function withPlan(invocation: Invocation, host: Host, goOn: (plan: Plan) => number): number {
  const input = readInput(invocation, host);
  const made = typeof input === "number" ? input : planOf(input, invocation, host);
  if (typeof made === "number") {
    return made;
  }
  const { flags } = invocation;
  const filter: PlanFilter = {
    machines: flags.get("machine"),
    instances: flags.get("instance"),
    tags: flags.get("tag"),
  };
  const { plan: kept, mistakes } = filterPlan(made, filter);
  if (mistakes.length > 0) {
    return fail(host, mistakes);
  }
  return goOn(kept);
}

/**
 * The plan for an input; where there is none, that is reported, and the exit code given. Of an old
 * inventory only errors are reported.
 */
export function planOf(
  input: Input,
  invocation: Invocation,
  host: Host,
  isOld = false,
): Plan | number {
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  const { plan: made, diagnostics } = plan(input.sources, { ...input.options, emit });
  const shown = diagnostics.filter(({ severity }) => severity === "error" || !isOld);
  const exitCode = report(shown, input.sources, invocation, host);
  return made ?? exitCode;
}
