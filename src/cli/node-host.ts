import type * as ChildProcess from "node:child_process";
import { fstatSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import type * as Timers from "node:timers/promises";
import { isatty } from "node:tty";
import type { Writer } from "./file-system.js";
import type { Host, StdinKind } from "./host.js";
import { nodeFiles, readerOf, writerOf } from "./node-files.js";
import { reasonFor, SystemError } from "./system-error.js";

/** Loads what few commands need: with it, every start would take a twentieth longer. */
const require = createRequire(import.meta.url);

/** The process itself. */
export function nodeHost(): Host {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const encoder = new TextEncoder();
  return {
    get cwd() {
      return workingFolder();
    },
    env: process.env,
    files: nodeFiles,
    paths: path,
    stdinKind,
    stderrIsTerminal: isatty(2),
    // A terminal that does not know its width has 0.
    stdoutColumns: (isatty(1) && process.stdout.columns) || undefined,
    stdin: readerOf(0),
    stdout: standardWriter(1),
    stderr: standardWriter(2),
    decode: (bytes) => decoder.decode(bytes),
    encode: (text) => encoder.encode(text),
    uniqueWord: () => `${process.pid}-${Math.random().toString(36).slice(2)}`,
    hasEnded: (word) => !isRunning(Number.parseInt(word, 10)),
    uninterrupted,
    poll,
    git,
  };
}

/** Whether there is such a process; another user's counts, and so does what is not a number. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** The working folder, which may have been removed. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    const { code = "EIO" } = error as NodeJS.ErrnoException;
    throw new SystemError(code, `the current folder: ${reasonFor(code)}`);
  }
}

function stdinKind(): StdinKind {
  if (isatty(0)) {
    return "terminal";
  }
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isFile() || stats.isSocket() ? "input" : "nothing";
  } catch {
    return "nothing";
  }
}

/** A Windows console takes text in its own encoding, into which only Node's stream translates. */
function standardWriter(descriptor: 1 | 2): Writer {
  if (process.platform !== "win32" || !isatty(descriptor)) {
    return writerOf(descriptor);
  }
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  return {
    write: (bytes) => {
      stream.write(bytes);
      return bytes.length;
    },
  };
}

/**
 * A handler holds a signal back until `work` has returned, and then lets it end the process as if
 * there had been none. Where somebody else listens, the signal waits anyway.
 */
function uninterrupted<T>(work: () => T): T {
  const end = (signal: NodeJS.Signals) => {
    release();
    process.kill(process.pid, signal);
  };
  const held = (["SIGHUP", "SIGINT", "SIGTERM"] as const).filter(
    (signal) => process.listenerCount(signal) === 0,
  );
  const release = () => held.forEach((signal) => process.off(signal, end));
  held.forEach((signal) => process.on(signal, end));
  try {
    return work();
  } finally {
    // Signals that came meanwhile are delivered within one whole turn of the event loop.
    setImmediate(() => setImmediate(release));
  }
}

async function poll(milliseconds: number, look: () => void): Promise<void> {
  const { setTimeout: wait } = require("node:timers/promises") as typeof Timers;
  const interruption = new AbortController();
  const end = () => interruption.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  signals.forEach((signal) => process.once(signal, end));
  try {
    while (!interruption.signal.aborted) {
      look();
      await wait(milliseconds, undefined, { signal: interruption.signal }).catch(() => {});
    }
  } finally {
    signals.forEach((signal) => process.off(signal, end));
  }
}

function git(args: readonly string[], folder: string): Uint8Array {
  const { spawnSync } = require("node:child_process") as typeof ChildProcess;
  const { error, status, stdout, stderr } = spawnSync("git", args, {
    cwd: folder,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: maxGitOutput,
  });
  if (error !== undefined) {
    const { code = "EIO" } = error as NodeJS.ErrnoException;
    throw new SystemError(code, code === "ENOENT" ? "git is not installed" : reasonFor(code));
  }
  if (status !== 0) {
    throw new SystemError(
      "EIO",
      stderr
        .toString()
        .trim()
        .replace(/^fatal: /, ""),
    );
  }
  return stdout;
}

/** In bytes; more than any source may have. */
const maxGitOutput = 2 ** 28;
