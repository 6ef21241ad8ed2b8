import { explain, plan } from "../compile.js";
import { writePath } from "../model/setting-path.js";
import type { Plan } from "../questions/plan.js";
import { forTerminal } from "../text/escape.js";
import { type CommandName, commands, type FlagName, shells, valueAfter } from "./command-table.js";
import {
  codeWords,
  commandWords,
  flagWords,
  instanceWords,
  machineWords,
  plainWords,
  roleWords,
  serviceWords,
  tagWords,
  type Word,
} from "./completion-words.js";
import type { Host } from "./host.js";
import { type Input, readInput } from "./read-input.js";
import { attempt } from "./system-error.js";
import { readLine, type TypedLine } from "./typed-line.js";
import { writeOutput } from "./write-text.js";

/**
 * Completes the last of the words, for the scripts of `completions`: prints each
 * possible word on a line, with a tab and what it means, and the line `:files`
 * where files are possible too. Nothing is possible where the system refuses to read the inventory.
 */
export function runComplete(words: readonly string[], host: Host): number {
  const line = readLine(words);
  // Whoever completes a line asked for no errors.
  const { known, files } = attempt(
    () => expect(line, host),
    () => nothing,
  );
  const fitting = Object.entries(known).filter(
    ([word]) => word.startsWith(line.current) && isShownAsItIs(word),
  );
  const lines = fitting.map(
    ([word, meaning]) => `${line.prefix}${word}\t${forTerminal(meaning)}\n`,
  );
  writeOutput([...lines, ...(files ? [":files\n"] : [])].join(""), host);
  return 0;
}

/** Shells print the words in lists. */
function isShownAsItIs(word: string): boolean {
  return !word.includes("\t") && forTerminal(word) === word;
}

/** What is possible at a place: known words with what they mean, and whether files are. */
interface Expected {
  readonly known: { readonly [word: string]: string };
  readonly files: boolean;
}

const nothing: Expected = { known: {}, files: false };
const anyFile: Expected = { known: {}, files: true };

function oneOf(words: readonly Word[]): Expected {
  return { known: Object.fromEntries(words), files: false };
}

function expect(line: TypedLine, host: Host): Expected {
  const { command, flag, current, operands, isNamed } = line;
  if (flag !== undefined) {
    return expectValue(line, flag, host);
  }
  if (current.startsWith("-")) {
    return oneOf(flagWords(command));
  }
  if (!isNamed && operands.length === 0) {
    return { ...oneOf(commandWords()), files: true };
  }
  switch (command) {
    case "explain":
      return expectQuestion(line, host);
    case "remove":
    case "rename":
      return expectName(line, host);
    case "tag":
    case "untag": {
      const known = readPlan(line, host);
      return oneOf([...machineWords(known), ...tagWords(known)]);
    }
    case "diff":
      return operands.length < 2 ? anyFile : nothing;
    default:
      break;
  }
  if (namesFiles(command)) {
    return anyFile;
  }
  return operands.length === 0 ? oneOf(firstOperands(line, host)) : nothing;
}

/** The words that a command takes first, of the commands that take words of one kind. */
function firstOperands(line: TypedLine, host: Host): readonly Word[] {
  switch (line.command) {
    case "add":
      return plainWords(["machine", "instance"]);
    case "assign":
    case "unassign":
      return roleWords(readPlan(line, host));
    case "services":
      return serviceWords();
    case "codes":
      return codeWords();
    case "help":
      return commandWords();
    case "completions":
      return plainWords(shells);
    default:
      return [];
  }
}

function expectValue(line: TypedLine, flag: FlagName, host: Host): Expected {
  const value = valueAfter(flag, line.command);
  if (typeof value === "object") {
    return oneOf(plainWords(value));
  }
  switch (flag) {
    case "known-machine":
      return nothing;
    case "machine":
      return oneOf(machineWords(readPlan(line, host)));
    case "instance":
      return oneOf(instanceWords(readPlan(line, host)));
    case "tag":
      return oneOf(tagWords(readPlan(line, host)));
    case "error":
    case "warn":
    case "ignore":
      return oneOf([...codeWords(), ["all", "every code"]]);
    case "clan-core":
      return oneOf(plainWords(["latest"]));
    case "services":
      return { known: { none: "no catalogue" }, files: true };
    default:
      return anyFile;
  }
}

/** The kind of a name, then the names of that kind. */
function expectName(line: TypedLine, host: Host): Expected {
  const [kind, name] = line.operands;
  if (kind === undefined) {
    return oneOf(plainWords(Object.keys(wordsByKind)));
  }
  if (name !== undefined || !Object.hasOwn(wordsByKind, kind)) {
    return nothing;
  }
  return oneOf(wordsByKind[kind as keyof typeof wordsByKind](readPlan(line, host)));
}

const wordsByKind = { machine: machineWords, tag: tagWords, instance: instanceWords };

function expectQuestion(line: TypedLine, host: Host): Expected {
  const [machine, instance, setting] = line.operands;
  if (machine === undefined) {
    return oneOf(machineWords(readPlan(line, host)));
  }
  if (instance === undefined) {
    const { machines } = readPlan(line, host);
    const own = Object.hasOwn(machines, machine) ? { [machine]: machines[machine]! } : {};
    const ofMachine: Plan = { meta: {}, machines: own };
    return oneOf([...instanceWords(ofMachine), ...roleWords(ofMachine)]);
  }
  const input = setting === undefined ? readQuietly(line, host) : undefined;
  if (input === undefined) {
    return nothing;
  }
  const { explanation } = explain(input.sources, { machine, instance }, input.options);
  const settings = explanation?.memberships.flatMap(({ settings = [] }) =>
    settings.map(({ path }): Word => [writePath(path), "setting"]),
  );
  return oneOf(settings ?? []);
}

/** An empty plan where the inventory cannot be read. */
function readPlan(line: TypedLine, host: Host): Plan {
  const input = readQuietly(line, host);
  return (input && plan(input.sources, input.options).plan) ?? { meta: {}, machines: {} };
}

/**
 * The inventory that has been typed, or else that of the working folder, but never standard input.
 */
function readQuietly(line: TypedLine, host: Host): Input | undefined {
  const quiet: Host = {
    ...host,
    stdinKind: () => "nothing",
    stdin: { read: () => new Uint8Array(0) },
    stderr: { write: ({ length }) => length },
  };
  const operands = namesFiles(line.command) ? line.operands : [];
  const input = readInput({ ...line, operands }, quiet);
  return typeof input === "number"
    ? undefined
    : { ...input, options: { ...input.options, services: null } };
}

/** Whether the operands of a command are files. */
function namesFiles(command: CommandName): boolean {
  return commands[command].operands.startsWith("[FILE");
}
