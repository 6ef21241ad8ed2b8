import { type PlanResult, plan } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { filterPlan, type PlanFilter } from "../questions/filter-plan.js";
import type { Plan } from "../questions/plan.js";
import { graph } from "../show/mermaid.js";
import { showPlan } from "../show/show-plan.js";
import { showPlanSummary } from "../show/show-plan-summary.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { describeMachineFolders } from "./machine-help.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import { type Input, readInput, type Tree } from "./read-input.js";
import { report } from "./report.js";
import { writeOutput } from "./write-text.js";

export function runPlan(invocation: Invocation, host: Host): number {
  return withPlan(invocation, host, (made, { machines }) => {
    const show = invocation.flags.has("full") ? showPlan : showPlanSummary;
    return printAnswer(
      made,
      (shown, options) => show(shown, options) + describeMachineFolders(machines),
      invocation,
      host,
    );
  });
}

export function runGraph(invocation: Invocation, host: Host): number {
  return withPlan(invocation, host, (made) => {
    writeOutput(graph(made), host);
    return 0;
  });
}

/** Goes on with the part of the plan that the flags choose. */
function withPlan(
  invocation: Invocation,
  host: Host,
  goOn: (plan: Plan, input: Input) => number,
): number {
  const read = readPlan(invocation, host);
  if (typeof read === "number") {
    return read;
  }
  const exitCode = report(read.diagnostics, read, invocation, host);
  if (read.plan === undefined) {
    return exitCode;
  }
  const { flags } = invocation;
  const filter: PlanFilter = {
    machines: flags.get("machine"),
    instances: flags.get("instance"),
    tags: flags.get("tag"),
  };
  const { plan: kept, mistakes } = filterPlan(read.plan, filter);
  if (mistakes.length > 0) {
    return fail(mistakes, host);
  }
  return goOn(kept, read);
}

/** The plan of the inventory, with what is to be reported; or the exit code of a failed read. */
export function readPlan(
  invocation: Invocation,
  host: Host,
  tree?: Tree,
): (Input & PlanResult) | number {
  const input = readInput(invocation, host, tree);
  if (typeof input === "number") {
    return input;
  }
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  return { ...input, ...plan(input.sources, { ...input.options, emit }) };
}
