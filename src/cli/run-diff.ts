import { diff, isEmptyDifference } from "../questions/diff.js";
import { showDifference } from "../show/show-difference.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import { readPlan } from "./run-plan.js";

export function runDiff(invocation: Invocation, host: Host): number {
  const [before, after, excess] = invocation.operands;
  if (before === undefined || after === undefined || excess !== undefined) {
    return fail(host, ["'diff' needs OLD and NEW, each a file, a folder or -"]);
  }
  if (before === "-" && after === "-") {
    return fail(host, ["only one of OLD and NEW can be standard input"]);
  }
  const oldPlan = readPlan({ ...invocation, operands: [before] }, host, true);
  const newPlan = readPlan({ ...invocation, operands: [after] }, host);
  if (typeof oldPlan === "number") {
    return oldPlan;
  }
  if (typeof newPlan === "number") {
    return newPlan;
  }
  const difference = diff(oldPlan, newPlan);
  const exitCode = printAnswer(difference, showDifference, invocation, host);
  return exitCode === 0 && !isEmptyDifference(difference) ? 1 : exitCode;
}
