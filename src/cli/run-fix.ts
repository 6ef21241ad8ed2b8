import { fix } from "../edit/fix.js";
import { announce } from "./announce.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import type { Input } from "./read-input.js";
import { report } from "./report.js";
import { namesOf, rewriteSources, rewritesOf, showRewrites } from "./rewrite-sources.js";

/**
 * Corrects the sources, or with `--diff` shows how, and reports what is left. A corrected standard
 * input goes to standard output.
 */
export function runFix(input: Input, invocation: Invocation, host: Host): number {
  const { flags } = invocation;
  const { sources, applied, diagnostics } = fix(
    input.sources,
    input.options,
    flags.has("unsafe-fixes") ? "unsafe" : "safe",
  );
  const rewrites = rewritesOf(input.sources, sources);
  if (flags.has("diff")) {
    showRewrites(rewrites, host);
    const exitCode = report(diagnostics, { ...input, sources }, invocation, host);
    return Math.max(exitCode, rewrites.length > 0 ? 1 : 0);
  }
  rewriteSources(rewrites, sources, input, host);
  if (rewrites.length > 0) {
    const count = applied === 1 ? "1 fix" : `${applied} fixes`;
    announce(`${count} applied to ${namesOf(rewrites)}`, invocation, host);
  }
  return report(diagnostics, { ...input, sources }, invocation, host);
}
