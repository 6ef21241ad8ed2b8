import { plan } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { filterPlan, type PlanFilter } from "../questions/filter-plan.js";
import type { Plan } from "../questions/plan.js";
import { graph } from "../show/mermaid.js";
import { showPlan } from "../show/show-plan.js";
import { type Invocation, valueOf } from "./arguments.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { printAnswer } from "./print-answer.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";

export async function runPlan(invocation: Invocation, host: Host): Promise<number> {
  return withPlan(invocation, host, (made) => printAnswer(made, showPlan, invocation, host));
}

export async function runGraph(invocation: Invocation, host: Host): Promise<number> {
  return withPlan(invocation, host, (made) => host.writeStdout(graph(made)).then(() => 0));
}

/** Goes on with what the flags let through. */
async function withPlan(
  invocation: Invocation,
  host: Host,
  goOn: (plan: Plan) => Promise<number>,
): Promise<number> {
  const made = await readPlan(invocation, host);
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
 * The plan for what the operands name; where there is none it says why, and gives the exit code.
 * `isOld` keeps it from more than errors.
 */
export async function readPlan(
  invocation: Invocation,
  host: Host,
  isOld = false,
): Promise<Plan | number> {
  const input = await readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  const { plan: made, diagnostics } = plan(input.sources, { ...input.options, emit });
  const shown = diagnostics.filter(({ severity }) => severity === "error" || !isOld);
  const exitCode = await report(shown, input.sources, invocation, host);
  return made ?? exitCode;
}
