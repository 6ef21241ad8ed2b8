import { type Handle, panic, warn } from "inventory2nix:evaluator/nix@0.1.0";
import { parseArguments, valueOf } from "../../src/cli/parse-arguments.js";
import { readInput } from "../../src/cli/read-input.js";
import { SystemError } from "../../src/cli/system-error.js";
import { analyze } from "../../src/compile.js";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import type { CompileOptions } from "../../src/model/options.js";
import type { Source } from "../../src/model/source.js";
import { formatDiagnostics } from "../../src/show/format-diagnostics.js";
import { toArguments } from "./arguments.js";
import { nixHost } from "./nix-host.js";
import { readRequest } from "./request.js";
import { toNix } from "./to-nix.js";

/**
 * The inventory as a value, by the same steps as the command `compile`, to which Nix is a host. A
 * mistake stops the evaluation with all that was found; warnings are Nix's.
 */
export function compile(argument: Handle): Handle {
  try {
    return evaluate(argument);
  } catch (error) {
    return panic(error instanceof SystemError ? error.message : describeBug(error));
  }
}

function evaluate(argument: Handle): Handle {
  const request = readRequest(argument);
  const host = nixHost(request);
  const invocation = parseArguments(toArguments(request, host));
  if ("mistake" in invocation) {
    return panic(`inventory2nix: ${invocation.mistake}`);
  }
  const input = readInput(invocation, host);
  if (typeof input === "number") {
    return panic(ownLines(host.messages()));
  }
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  const analysis = analyze(input.sources, { ...input.options, emit, limits: request.limits });
  const { assembly, diagnostics } = analysis.assemble();
  if (assembly === undefined) {
    return panic(describe(diagnostics, input.sources));
  }
  for (const diagnostic of diagnostics) {
    warn(describe([diagnostic], input.sources));
  }
  return toNix(assembly.tree, request);
}

function describe(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  return ownLines(formatDiagnostics(diagnostics, sources, { format: "text", color: false }));
}

/** Nix says before it that this is an error or a warning. */
function ownLines(text: string): string {
  return `\n${text.trimEnd()}`.toWellFormed();
}

function describeBug(error: unknown): string {
  const { name, message, stack = "" } = error as Error;
  return `a bug of inventory2nix: ${name}: ${message}\n${stack}`.toWellFormed();
}
