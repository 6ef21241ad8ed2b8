import { compile } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { CompileOptions } from "../model/options.js";
import { announce } from "./announce.js";
import { type RoleModules, readModules, withModules, withTodos } from "./bring-modules.js";
import { compareOutput, type Staleness } from "./compare-output.js";
import { fail } from "./fail.js";
import { findInventory } from "./find-inventory.js";
import { findOutput, pathFromOutput } from "./find-output.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { type Input, readInput } from "./read-input.js";
import { readSources } from "./read-sources.js";
import { formatOf, locateOwn, report } from "./report.js";
import { attempt } from "./system-error.js";
import { watch } from "./watch.js";
import { writeFile } from "./write-output.js";
import { encoded, writeOutput } from "./write-text.js";

/** The exit code; with `--watch` it comes when the user ends it. */
export function runCompile(invocation: Invocation, host: Host): number | Promise<number> {
  const mistake = findMistake(invocation, host);
  if (mistake !== undefined) {
    return fail([mistake], host);
  }
  const compileOnce = () =>
    attempt(
      () => compileInput(invocation, host),
      ({ message }) => fail([message], host),
    );
  return invocation.flags.has("watch")
    ? watch(invocation, host, host.poll!, compileOnce)
    : compileOnce();
}

function findMistake(invocation: Invocation, host: Host): string | undefined {
  const { flags } = invocation;
  const output = valueOf(invocation, "output");
  const hasFile = output !== undefined && output !== "-";
  if (flags.has("check") && flags.has("watch")) {
    return "'--check' and '--watch' cannot be combined";
  }
  if (flags.has("check") && !hasFile) {
    return "'--check' needs '-o FILE', the file to compare with";
  }
  if (!flags.has("watch")) {
    return undefined;
  }
  if (host.poll === undefined) {
    return "'--watch' is not available here";
  }
  if (!hasFile) {
    return "'--watch' needs '-o FILE', the file to keep current";
  }
  if (findInventory(invocation, host)?.includes("-")) {
    return "'--watch' needs files or folders to watch";
  }
  return undefined;
}

function compileInput(invocation: Invocation, host: Host): number {
  const input = readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  const output = findOutput(invocation, input.sources, host);
  const options: CompileOptions = {
    ...input.options,
    emit: valueOf(invocation, "emit") as CompileOptions["emit"],
    to: valueOf(invocation, "to") as CompileOptions["to"],
    rootDefault: invocation.flags.has("no-root-default")
      ? null
      : pathFromOutput(output, input.sources, host),
  };
  const modules = readGivenModules(invocation, host);
  if (typeof modules === "string") {
    return fail([modules], host);
  }
  const sources = input.sources.map((source) => withModules(source, modules));
  const compiled = compile(sources, options);
  const { diagnostics } = compiled;
  const text =
    compiled.text !== undefined && options.to === "yaml"
      ? withTodos(compiled.text, modules)
      : compiled.text;
  if (text !== undefined && output !== undefined && invocation.flags.has("check")) {
    return checkOutput(
      compareOutput(output, text, host),
      { ...input, diagnostics },
      invocation,
      host,
    );
  }
  const exitCode = report(diagnostics, input, invocation, host);
  if (text === undefined) {
    return exitCode;
  }
  if (output === undefined) {
    writeOutput(text, host);
    return exitCode;
  }
  const isNew = writeFile({ ...output, pieces: encoded(text, host) }, host);
  if (invocation.flags.has("watch")) {
    announce(`${output.name} ${isNew ? "written" : "is current"}`, invocation, host);
  }
  return exitCode;
}

/** What is wrong with the file is a sentence. */
function readGivenModules(invocation: Invocation, host: Host): readonly RoleModules[] | string {
  const name = valueOf(invocation, "modules");
  if (name === undefined) {
    return [];
  }
  const path = host.paths.resolve(host.cwd, name);
  const { sources, findings, unread } = readSources([{ name, path, isStdin: false }], "json", host);
  const problem = unread[0]?.why ?? findings[0]?.message;
  return problem === undefined ? readModules(sources[0]!) : `${name}: ${problem}`;
}

/** Reports what was found, a stale output included; for people also as a patch. */
function checkOutput(
  stale: Staleness | undefined,
  checked: Input & { readonly diagnostics: readonly Diagnostic[] },
  invocation: Invocation,
  host: Host,
): 0 | 1 {
  if (stale === undefined) {
    return report(checked.diagnostics, checked, invocation, host);
  }
  const own = locateOwn([stale.finding], invocation);
  if (own.length > 0 && formatOf(invocation) === "text") {
    writeOutput(stale.patch(), host);
  }
  const sources = [...checked.sources, stale.finding.place.source];
  const diagnostics = [...checked.diagnostics, ...own];
  return report(diagnostics, { ...checked, sources }, invocation, host);
}
