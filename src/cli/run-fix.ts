import { fix } from "../edit/fix.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import type { Input } from "./read-input.js";
import { report } from "./report.js";
import { rewriteSources, rewritesOf, showRewrites } from "./rewrite-sources.js";
import { writeMessage } from "./write-text.js";

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
  if (rewrites.length > 0 && !flags.has("quiet")) {
    const names = rewrites.map(({ before }) => before.name).join(", ");
    const count = applied === 1 ? "1 fix" : `${applied} fixes`;
    writeMessage(`inventory2nix: ${count} applied to ${names}\n`, host);
  }
  return report(diagnostics, { ...input, sources }, invocation, host);
}
