import { completeCatalogue } from "../catalogue/read-catalogue.js";
import { explain, plan } from "../compile.js";
import { codes } from "../diagnostics/codes.js";
import { writePath } from "../model/setting-path.js";
import type { InstancePlan, Plan } from "../questions/plan.js";
import { forTerminal } from "../text/escape.js";
import {
  type Command,
  type CommandName,
  commands,
  defaultCommand,
  type Flag,
  type FlagName,
  flagSummary,
  flags,
  shells,
  valueAfter,
} from "./command-table.js";
import type { Host } from "./host.js";
import { type Invocation, splitFlag } from "./parse-arguments.js";
import { type Input, readInput } from "./read-input.js";
import { writeOutput } from "./write-text.js";

/**
 * Completes the last of the words, for the scripts of `completions`: prints each
 * possible word on a line, with a tab and what it means, and the line `:files`
 * where files are possible too.
 */
export function runComplete(words: readonly string[], host: Host): number {
  const line = readLine(words);
  const { known, files } = expect(line, host);
  const fitting = Object.entries(known).filter(
    ([word]) => word.startsWith(line.current) && isShownAsItIs(word),
  );
  const lines = fitting.map(
    ([word, summary]) => `${line.prefix}${word}\t${forTerminal(summary)}\n`,
  );
  writeOutput([...lines, ...(files ? [":files\n"] : [])].join(""), host);
  return 0;
}

/** Shells print the words in lists. */
function isShownAsItIs(word: string): boolean {
  return !word.includes("\t") && forTerminal(word) === word;
}

/** What has been typed. */
interface Line extends Invocation {
  /**
   * Whether the command has been typed; else it is the default one, and the next word may still
   * name another.
   */
  readonly isNamed: boolean;
  /** The flag whose value is being typed. */
  readonly flag: FlagName | undefined;
  /** What is typed of the last word; of a flag with `=`, what follows that. */
  readonly current: string;
  /** What goes before a completion of `current` to make it the last word. */
  readonly prefix: string;
}

function readLine(words: readonly string[]): Line {
  // Bash makes a word of each '='.
  const typed = words
    .filter((word, index) => word !== "=" || index === words.length - 1)
    .map((word) => (word === "=" ? "" : word));
  const last = typed.at(-1) ?? "";
  const given = new Map<FlagName, string[]>();
  const operands: string[] = [];
  let open: FlagName | undefined;
  for (const word of typed.slice(0, -1)) {
    const isFlag = open === undefined && word.startsWith("-") && word !== "-";
    const { name, attached } = isFlag ? splitFlag(word) : { name: open, attached: word };
    open = undefined;
    if (name === undefined) {
      if (!isFlag) {
        operands.push(word);
      }
      continue;
    }
    if (attached === undefined && (flags[name] as Flag).value !== undefined) {
      open = name;
    } else {
      given.set(name, [...(given.get(name) ?? []), attached ?? ""]);
    }
  }
  const isNamed = operands[0] !== undefined && Object.hasOwn(commands, operands[0]);
  const line = {
    command: isNamed ? (operands[0] as CommandName) : defaultCommand,
    flags: given,
    inOrder: [],
    operands: isNamed ? operands.slice(1) : operands,
    isNamed,
  };
  const { name, written, attached } = splitFlag(last);
  const isValue = open === undefined && last.startsWith("--") && attached !== undefined;
  return isValue
    ? { ...line, flag: name, current: attached, prefix: `${written}=` }
    : { ...line, flag: open, current: last, prefix: "" };
}

/** What is possible at a place: known words with what they mean, and whether files are. */
interface Expected {
  readonly known: { readonly [word: string]: string };
  readonly files: boolean;
}

function expect(line: Line, host: Host): Expected {
  const { command, flag, current, operands, isNamed } = line;
  const files: Expected = { known: {}, files: true };
  if (flag !== undefined) {
    return expectValue(line, flag, host);
  }
  if (current.startsWith("-")) {
    return oneOf(
      (commands[command] as Command).flags.map((name) => [
        `--${name}`,
        flagSummary(commands[command], name),
      ]),
    );
  }
  if (!isNamed && operands.length === 0) {
    return {
      ...oneOf(commandWords()),
      files: true,
    };
  }
  switch (command) {
    case "explain":
      return expectQuestion(line, host);
    case "add":
      return operands.length > 0 ? nothing : oneOf(kindWords(["machine", "instance"]));
    case "remove":
    case "rename":
      return expectName(line, host);
    case "tag":
    case "untag":
      return oneOf([...machineWords(readPlan(line, host)), ...tagWords(readPlan(line, host))]);
    case "assign":
    case "unassign":
      return operands.length > 0 ? nothing : oneOf(roleWords(readPlan(line, host)));
    case "set":
    case "unset":
      return nothing;
    case "diff":
      return operands.length < 2 ? files : nothing;
    case "services":
      return operands.length > 0 ? nothing : oneOf(serviceWords());
    case "codes":
      return operands.length > 0 ? nothing : oneOf(codeWords());
    case "help":
      return operands.length > 0 ? nothing : oneOf(commandWords());
    case "completions":
      return operands.length > 0 ? nothing : oneOf(shells.map((shell): Word => [shell, ""]));
    case "init":
    case "schema":
    case "version":
      return nothing;
    default:
      return files;
  }
}

function expectValue(line: Line, flag: FlagName, host: Host): Expected {
  const value = valueAfter(flag, line.command);
  if (typeof value === "object") {
    return oneOf(value.map((word): Word => [word, ""]));
  }
  switch (flag) {
    case "known-machine":
      return nothing;
    case "machine":
      return oneOf(machineWords(readPlan(line, host)));
    case "instance":
      return oneOf(allInstanceWords(readPlan(line, host)));
    case "tag":
      return oneOf(tagWords(readPlan(line, host)));
    case "error":
    case "warn":
    case "ignore":
      return oneOf([...codeWords(), ["all", "every code"]]);
    case "clan-core":
      return oneOf([["latest", ""]]);
    case "services":
      return { known: { none: "no catalogue" }, files: true };
    default:
      return { known: {}, files: true };
  }
}

/** The kind of a name, then the names of that kind. */
function expectName(line: Line, host: Host): Expected {
  const [kind, name] = line.operands;
  if (kind === undefined) {
    return oneOf(kindWords(["machine", "tag", "instance"]));
  }
  if (name !== undefined) {
    return nothing;
  }
  const plan = readPlan(line, host);
  const words = { machine: machineWords, tag: tagWords, instance: allInstanceWords };
  return kind in words ? oneOf(words[kind as keyof typeof words](plan)) : nothing;
}

function expectQuestion(line: Line, host: Host): Expected {
  const [machine, instance, setting] = line.operands;
  if (machine === undefined) {
    return oneOf(machineWords(readPlan(line, host)));
  }
  if (instance === undefined) {
    const { machines } = readPlan(line, host);
    const own = Object.hasOwn(machines, machine) ? { [machine]: machines[machine]! } : {};
    const plan: Plan = { meta: {}, machines: own };
    return oneOf([...allInstanceWords(plan), ...roleWords(plan)]);
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

type Word = readonly [word: string, summary: string];

const nothing: Expected = { known: {}, files: false };

function oneOf(known: readonly Word[]): Expected {
  return { known: Object.fromEntries(known), files: false };
}

function commandWords(): readonly Word[] {
  return Object.entries(commands).map(([name, { summary }]) => [name, summary]);
}

function serviceWords(): readonly Word[] {
  return [...completeCatalogue(undefined).inputs].flatMap(([input, { services }]) =>
    [...services.keys()].map((name): Word => [name, input]),
  );
}

function codeWords(): readonly Word[] {
  return Object.entries(codes).map(([code, { summary }]) => [code, summary]);
}

function machineWords({ machines }: Plan): readonly Word[] {
  return Object.entries(machines).map(([name, machine]) => [name, `${machine.class} machine`]);
}

function kindWords(kinds: readonly string[]): readonly Word[] {
  return kinds.map((kind) => [kind, ""]);
}

function tagWords({ machines }: Plan): readonly Word[] {
  return Object.values(machines).flatMap(({ tags }) => tags.map((tag): Word => [tag, ""]));
}

function allInstanceWords({ machines }: Plan): readonly Word[] {
  return Object.values(machines).flatMap(({ instances }) => instanceWords(instances));
}

function roleWords({ machines }: Plan): readonly Word[] {
  return Object.values(machines).flatMap(({ instances }) =>
    Object.entries(instances).flatMap(([name, { roles }]) =>
      Object.keys(roles).map((role): Word => [`${name}.${role}`, "role"]),
    ),
  );
}

function instanceWords(instances: { readonly [name: string]: InstancePlan }): readonly Word[] {
  return Object.entries(instances).map(([name, { module }]) => [
    name,
    `instance of ${module.name}`,
  ]);
}

/** An empty plan where the inventory cannot be read. */
function readPlan(line: Line, host: Host): Plan {
  const input = readQuietly(line, host);
  return (input && plan(input.sources, input.options).plan) ?? { meta: {}, machines: {} };
}

/**
 * The inventory that has been typed, or else that of the working folder, but never standard input.
 */
function readQuietly(line: Line, host: Host): Input | undefined {
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
