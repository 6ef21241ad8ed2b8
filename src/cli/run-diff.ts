import { commonFolder } from "../model/paths.js";
import { diff, isEmptyDifference } from "../questions/diff.js";
import type { Plan } from "../questions/plan.js";
import { showDifference } from "../show/show-difference.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import { type Input, readInput } from "./read-input.js";
import { planOf } from "./run-plan.js";

export function runDiff(invocation: Invocation, host: Host): number {
  const [before, after, excess] = invocation.operands;
  if (before === undefined || after === undefined || excess !== undefined) {
    return fail(host, ["'diff' needs OLD and NEW, each a file, a folder or -"]);
  }
  if (before === "-" && after === "-") {
    return fail(host, ["only one of OLD and NEW can be standard input"]);
  }
  const plans = readPlans(before, after, invocation, host);
  if (typeof plans === "number") {
    return plans;
  }
  const difference = diff(...plans);
  const exitCode = printAnswer(difference, showDifference, invocation, host);
  return exitCode === 0 && !isEmptyDifference(difference) ? 1 : exitCode;
}

/** The plans of both; where one is missing, that is reported, and the exit code given. */
function readPlans(
  before: string,
  after: string,
  invocation: Invocation,
  host: Host,
): readonly [Plan, Plan] | number {
  const oldInput = readInput({ ...invocation, operands: [before] }, host);
  const newInput = readInput({ ...invocation, operands: [after] }, host);
  if (typeof oldInput === "number" || typeof newInput === "number") {
    return typeof oldInput === "number" ? oldInput : (newInput as number);
  }
  if (isSame(oldInput, newInput)) {
    const both = planOf(newInput, invocation, host);
    return typeof both === "number" ? both : [both, both];
  }
  const oldPlan = planOf(oldInput, invocation, host, true);
  const newPlan = planOf(newInput, invocation, host);
  if (typeof oldPlan === "number" || typeof newPlan === "number") {
    return typeof oldPlan === "number" ? oldPlan : (newPlan as number);
  }
  return [oldPlan, newPlan];
}

/** Whether both say the same, wherever they are. */
function isSame(a: Input, b: Input): boolean {
  return essence(a) === essence(b);
}

function essence({ sources, options }: Input): string {
  const { folders } = commonFolder(sources);
  const texts = sources.map(({ name, text, format }, index) => [
    folders[index],
    format ?? name.endsWith(".json"),
    text,
  ]);
  return JSON.stringify([texts, options.knownMachines]);
}
