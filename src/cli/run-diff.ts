import { commonFolder } from "../model/paths.js";
import { diff, isEmptyDifference } from "../questions/diff.js";
import { showDifference } from "../show/show-difference.js";
import { showDifferenceAsMarkdown } from "../show/show-difference-markdown.js";
import { fail } from "./fail.js";
import { filesAtRevision } from "./git-files.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import type { Input, Tree } from "./read-input.js";
import { report } from "./report.js";
import { readPlan } from "./run-plan.js";
import { attempt } from "./system-error.js";

export function runDiff(invocation: Invocation, host: Host): number {
  const [before, after, ...others] = invocation.operands;
  const mistake = findMistake(invocation, host);
  if (before === undefined || others.length > 0 || mistake !== undefined) {
    return fail([mistake ?? needs], host);
  }
  const old = readSide(before, invocation, host);
  if (typeof old === "number") {
    return old;
  }
  const now = readSide(after, invocation, host);
  if (typeof now === "number") {
    return now;
  }
  const oldErrors = old.diagnostics.filter(({ severity }) => severity === "error");
  const exitCode = report(
    [...oldErrors, ...now.diagnostics],
    { sources: [...old.sources, ...now.sources], machines: now.machines },
    invocation,
    host,
  );
  if (old.plan === undefined || now.plan === undefined) {
    return exitCode;
  }
  const difference = diff(old.plan, isSame(old, now) ? old.plan : now.plan);
  const isMarkdown = valueOf(invocation, "format") === "markdown";
  const show = isMarkdown ? showDifferenceAsMarkdown : showDifference;
  const failed = printAnswer(difference, show, invocation, host);
  return failed === 0 && !isEmptyDifference(difference) ? 1 : failed;
}

/** Whether both sides say the same, so that no plan has to be looked at. */
function isSame(old: Input, now: Input): boolean {
  return essence(old) === essence(now);
}

function essence({ sources, options }: Input): string {
  const { folders } = commonFolder(sources);
  const texts = sources.map(({ text }, index) => [folders[index], text]);
  return JSON.stringify([texts, options.knownMachines]);
}

const needs = "'diff' needs OLD, and takes NEW: each a file, a folder, - or a revision of git";

function findMistake({ flags, operands }: Invocation, host: Host): string | undefined {
  const names = [...operands, ...(flags.get("file") ?? [])];
  if (names.filter((name) => name === "-").length > 1) {
    return "only one of OLD and NEW can be standard input";
  }
  const areFiles = operands.length === 2 && operands.every((operand) => isFile(operand, host));
  return areFiles && flags.has("file")
    ? "'-f' names the inventory to compare, but OLD and NEW are files already"
    : undefined;
}

/** Reads one side: a file or folder, the inventory at a revision, or by default as it is now. */
function readSide(operand: string | undefined, invocation: Invocation, host: Host) {
  if (operand === undefined) {
    return readPlan({ ...invocation, operands: [] }, host);
  }
  if (isFile(operand, host)) {
    const flags = new Map([...invocation.flags].filter(([name]) => name !== "file"));
    return readPlan({ ...invocation, flags, operands: [operand] }, host);
  }
  const tree = attempt(
    (): Tree => ({ files: filesAtRevision(operand, host), prefix: `${operand}:` }),
    ({ message }) =>
      fail([`${operand}: neither a file or folder, nor a revision: ${message}`], host),
  );
  return typeof tree === "number" ? tree : readPlan({ ...invocation, operands: [] }, host, tree);
}

/** Whether it names a file, or what should be one. */
function isFile(operand: string, { cwd, files, paths }: Host): boolean {
  return (
    operand === "-" ||
    attempt(
      () => files.stat(paths.resolve(cwd, operand)) !== undefined,
      ({ code }) => code !== "ENOENT",
    )
  );
}
