import { Buffer } from "node:buffer";
import { realpath } from "node:fs/promises";
import path from "node:path";
import { compile } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { commonFolder } from "../model/paths.js";
import type { Source } from "../model/source.js";
import { type Invocation, valueOf } from "./arguments.js";
import { fail, reason } from "./fail.js";
import { slashed } from "./find-places.js";
import type { Host } from "./host.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";
import { unifiedDiff } from "./unified-diff.js";
import { watch } from "./watch.js";
import { findTarget, readTarget, writeTarget } from "./write-output.js";

export async function runCompile(invocation: Invocation, host: Host): Promise<number> {
  const mistake = findMistake(invocation);
  if (mistake !== undefined) {
    return fail(host, [mistake]);
  }
  if (invocation.flags.has("watch")) {
    return watch(invocation, host, () => compileOnce(invocation, host));
  }
  return compileOnce(invocation, host);
}

function findMistake(invocation: Invocation): string | undefined {
  const { flags, operands } = invocation;
  const hasFile = outputOf(invocation) !== undefined;
  if (flags.has("check") && flags.has("watch")) {
    return "'--check' and '--watch' exclude each other";
  }
  if (flags.has("check") && !hasFile) {
    return "'--check' needs '-o FILE', the file to compare with";
  }
  if (flags.has("watch") && !hasFile) {
    return "'--watch' needs '-o FILE', the file to keep current";
  }
  if (flags.has("watch") && (operands.length === 0 || operands.includes("-"))) {
    return "'--watch' needs files or folders to watch";
  }
  return undefined;
}

/** The file to write; `undefined` for standard output. */
function outputOf(invocation: Invocation): string | undefined {
  const output = valueOf(invocation, "output");
  return output === "-" ? undefined : output;
}

async function compileOnce(invocation: Invocation, host: Host): Promise<number> {
  const input = await readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  const output = outputOf(invocation);
  try {
    const target =
      output === undefined ? undefined : await findTarget(path.resolve(host.cwd, output));
    if (target !== undefined && (await isInput(target, input.sources, invocation, host))) {
      return fail(host, [
        `${output!}: this file is itself an input, which would be lost: write to another one`,
      ]);
    }
    const options: CompileOptions = {
      ...input.options,
      emit: valueOf(invocation, "emit") as CompileOptions["emit"],
      to: valueOf(invocation, "to") as CompileOptions["to"],
      rootDefault: invocation.flags.has("no-root-default")
        ? null
        : await wayBack(target, input.sources),
    };
    const { text, diagnostics } = compile(input.sources, options);
    const exitCode = await report(diagnostics, input.sources, invocation, host);
    if (text === undefined) {
      return exitCode;
    }
    if (target === undefined) {
      await host.writeStdout(text);
    } else if (invocation.flags.has("check")) {
      return await compare(target, output!, text, host);
    } else {
      await write(target, output!, text, invocation, host);
    }
    return exitCode;
  } catch (error) {
    return fail(host, [`${output ?? "standard output"}: ${reason(error)}`]);
  }
}

/** Whether the inventory or a catalogue is read from this file, links followed. */
async function isInput(
  target: string,
  sources: readonly Source[],
  { flags }: Invocation,
  host: Host,
): Promise<boolean> {
  const files = [...sources.map((source) => source.path!), ...(flags.get("services") ?? [])];
  const inputs = await Promise.all(
    files.map((file) => realpath(path.resolve(host.cwd, file)).catch(() => undefined)),
  );
  return inputs.includes(target);
}

/** The path from the folder of the output to the one that all sources have in common. */
async function wayBack(target: string | undefined, sources: readonly Source[]): Promise<string> {
  if (target === undefined) {
    return ".";
  }
  const root = await realpath(commonFolder(sources).root);
  return slashed(path.relative(path.dirname(target), root)) || ".";
}

async function write(
  target: string,
  output: string,
  text: string,
  invocation: Invocation,
  host: Host,
): Promise<void> {
  const written = await writeTarget(target, Buffer.from(text));
  if (invocation.flags.has("watch")) {
    await host.writeStderr(`inventory2nix: ${output} ${written ? "written" : "is current"}\n`);
  }
}

async function compare(target: string, output: string, text: string, host: Host): Promise<0 | 1> {
  const current = await readTarget(target);
  if (current?.equals(Buffer.from(text))) {
    return 0;
  }
  await host.writeStdout(
    unifiedDiff(
      current === undefined ? "/dev/null" : output,
      output,
      current?.toString() ?? "",
      text,
    ),
  );
  await host.writeStderr(
    `inventory2nix: ${output} is not current: run the same command without '--check'\n`,
  );
  return 1;
}
