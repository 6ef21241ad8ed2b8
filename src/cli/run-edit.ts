import { analyze } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { editAnalysis } from "../edit/edit-inventory.js";
import { announce } from "./announce.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { readChange } from "./read-change.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";
import { namesOf, rewriteSources, rewritesOf, showRewrites } from "./rewrite-sources.js";

/** Changes the inventory; with `--diff` shows how, with `--check` only says whether it would. */
export function runEdit(invocation: Invocation, host: Host): number {
  const { flags } = invocation;
  const input = readInput({ ...invocation, operands: [] }, host);
  if (typeof input === "number") {
    return input;
  }
  const analysis = analyze(input.sources, input.options);
  const change = readChange(invocation, analysis);
  if (typeof change === "string") {
    return fail([change, `see 'inventory2nix ${invocation.command} --help'`], host);
  }
  const { sources, mistake, diagnostics } = editAnalysis(analysis, change, input.options);
  const known = new Set(analysis.diagnostics.map(identityOf));
  const added = diagnostics.filter((diagnostic) => !known.has(identityOf(diagnostic)));
  const reportAdded = () => report(added, { ...input, sources }, invocation, host);
  if (mistake !== undefined) {
    reportAdded();
    fail([mistake], host);
    return 1;
  }
  const rewrites = rewritesOf(input.sources, sources);
  if (flags.has("diff")) {
    showRewrites(rewrites, host);
  }
  if (flags.has("diff") || flags.has("check")) {
    reportAdded();
    return rewrites.length > 0 ? 1 : 0;
  }
  rewriteSources(rewrites, sources, input, host);
  const exitCode = reportAdded();
  const isChanged = rewrites.length > 0;
  announce(isChanged ? `${namesOf(rewrites)} changed` : "nothing to change", invocation, host);
  return exitCode;
}

/** The same before and after a change that moves the place of a diagnostic. */
function identityOf({ code, message, range }: Diagnostic): string {
  return JSON.stringify([code, message, range.source]);
}
