import { type Handle, makeString, panic, warn } from "inventory2nix:evaluator/nix@0.1.0";
import { withMachineFolders } from "../../src/cli/machine-help.js";
import { parseArguments, valueOf } from "../../src/cli/parse-arguments.js";
import { readInput } from "../../src/cli/read-input.js";
import { withSourcesOf } from "../../src/cli/report.js";
import { analyze } from "../../src/compile.js";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { locateOffsets } from "../../src/diagnostics/locate.js";
import type { CompileOptions } from "../../src/model/options.js";
import type { Source } from "../../src/model/source.js";
import { formatDiagnostics } from "../../src/show/format-diagnostics.js";
import { toArguments } from "./arguments.js";
import { nixHost } from "./nix-host.js";
import { type Request, readRequest } from "./request.js";
import { apply, toNix } from "./to-nix.js";

/**
 * The inventory as a value, by the same steps as the command `compile`, to which Nix is a host. A
 * mistake is a value whose evaluation fails with all that was found; warnings are Nix's.
 */
export function compile(argument: Handle): Handle {
  try {
    const request = readRequest(argument);
    return evaluate(request, (text) => apply(request.functions.fail, makeString(ownLines(text))));
  } catch (error) {
    return panic(describeBug(error));
  }
}

function evaluate(request: Request, fail: (text: string) => Handle): Handle {
  const host = nixHost(request);
  const invocation = parseArguments(toArguments(request, host));
  if ("mistake" in invocation) {
    return fail(`inventory2nix: ${invocation.mistake}`);
  }
  const input = readInput(invocation, host);
  if (typeof input === "number") {
    return fail(host.messages());
  }
  const options: CompileOptions = {
    ...input.options,
    emit: valueOf(invocation, "emit") as CompileOptions["emit"],
    files: request.hasFiles ? input.options.files : undefined,
    limits: request.limits,
  };
  const analysis = analyze(input.sources, options);
  const { assembly, diagnostics } = analysis.assemble();
  const sources = withSourcesOf(input.notes, input.sources);
  const shown = withMachineFolders(
    [...locateOffsets(input.notes, sources), ...diagnostics],
    input.machines,
    "'knownMachines' for others",
  );
  if (assembly === undefined) {
    return fail(describe(shown, sources));
  }
  for (const diagnostic of shown) {
    warn(ownLines(describe([diagnostic], sources)));
  }
  return toNix(assembly.tree, request);
}

function describe(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  return formatDiagnostics(diagnostics, sources, { format: "text", color: false });
}

/** Nix says before it that this is an error or a warning. */
function ownLines(text: string): string {
  return `\n${text.trimEnd()}`.toWellFormed();
}

function describeBug(error: unknown): string {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return `a bug of inventory2nix: ${name}: ${message}\n${stack}`.toWellFormed();
}
