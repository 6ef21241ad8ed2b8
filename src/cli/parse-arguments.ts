import { didYouMean, nearest } from "../diagnostics/suggest.js";
import { getOrInsertComputed } from "../model/maps.js";
import {
  type Command,
  type CommandName,
  commands,
  defaultCommand,
  type Flag,
  type FlagName,
  flags,
  valueAfter,
} from "./command-table.js";

/** What the arguments ask for. */
export interface Invocation {
  readonly command: CommandName;
  /** The flags given, each with its values in order (the empty text for a flag that takes none). */
  readonly flags: ReadonlyMap<FlagName, readonly string[]>;
  /** The same flags, one entry for each value, in the order given. */
  readonly inOrder: readonly (readonly [name: FlagName, value: string])[];
  readonly operands: readonly string[];
}

/** What is wrong with the arguments, in the words that the user gets. */
export interface Mistake {
  readonly mistake: string;
}

/** Parses arguments by the table of commands; the first operand may name the command. */
export function parseArguments(args: readonly string[]): Invocation | Mistake {
  const inOrder: [FlagName, string][] = [];
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--") {
      return invocation(inOrder, [...operands, ...args.slice(at + 1)]);
    }
    if (arg === "-" || !arg.startsWith("-")) {
      operands.push(arg);
      continue;
    }
    const { written, name, attached } = splitFlag(arg);
    if (name === undefined) {
      return {
        mistake: `unknown flag '${written}'${didYouMean(nearest(written.replace(/^-+/, ""), Object.keys(flags)), "--")}`,
      };
    }
    const { value: expected }: Flag = flags[name];
    const value = expected === undefined || attached !== undefined ? attached : args[++at];
    const mistake = valueMistake(written, expected, value, attached !== undefined);
    if (mistake !== undefined) {
      return { mistake };
    }
    inOrder.push([name, value ?? ""]);
  }
  return invocation(inOrder, operands);
}

/**
 * The last value of a flag; the empty text where it takes none, `undefined` where it is not given.
 */
export function valueOf(invocation: Invocation, name: FlagName): string | undefined {
  return invocation.flags.get(name)?.at(-1);
}

function invocation(
  inOrder: Invocation["inOrder"],
  operands: readonly string[],
): Invocation | Mistake {
  const named = isCommand(operands[0]);
  const name = named ? (operands[0] as CommandName) : defaultCommand;
  const command: Command = commands[name];
  const rest = named ? operands.slice(1) : operands;
  for (const [flag] of inOrder) {
    if (!command.flags.includes(flag)) {
      return { mistake: `'${name}' has no flag '--${flag}'` };
    }
  }
  for (const [flag, value] of inOrder) {
    const words = valueAfter(flag, name);
    if (typeof words === "object" && !words.includes(value)) {
      const suggestion = didYouMean(nearest(value, words));
      return { mistake: `'--${flag}' needs ${listed(words)}, not '${value}'${suggestion}` };
    }
  }
  if (name === "lsp" && inOrder.some(([flag, value]) => flag === "file" && value === "-")) {
    return {
      mistake: "'--file' cannot be '-': the editor's messages come through standard input",
    };
  }
  if (command.operands === "" && rest.length > 0) {
    return { mistake: `'${name}' takes no arguments; unexpected '${rest[0]!}'` };
  }
  // What a shell makes of a variable that is not set is not the current folder.
  if (/FILE|^OLD/.test(command.operands) && rest.includes("")) {
    return { mistake: "an argument is empty: name a file or folder, or '.' for the current one" };
  }
  return { command: name, flags: valuesByFlag(inOrder), inOrder, operands: rest };
}

function valuesByFlag(inOrder: Invocation["inOrder"]): Invocation["flags"] {
  const values = new Map<FlagName, string[]>();
  for (const [name, value] of inOrder) {
    getOrInsertComputed(values, name, () => []).push(value);
  }
  return values;
}

function isCommand(word: string | undefined): boolean {
  return word !== undefined && Object.hasOwn(commands, word);
}

/** `--name`, `--name=value`, `-n` or `-nvalue` in parts. */
export function splitFlag(arg: string): {
  written: string;
  name: FlagName | undefined;
  attached: string | undefined;
} {
  if (arg.startsWith("--")) {
    const equals = arg.indexOf("=");
    const written = equals < 0 ? arg : arg.slice(0, equals);
    const name = written.slice(2);
    return {
      written,
      name: Object.hasOwn(flags, name) ? (name as FlagName) : undefined,
      attached: equals < 0 ? undefined : arg.slice(equals + 1),
    };
  }
  const short = arg.slice(1, 2);
  const name = (Object.keys(flags) as FlagName[]).find(
    (name) => (flags[name] as Flag).short === short,
  );
  return { written: `-${short}`, name, attached: arg.length > 2 ? arg.slice(2) : undefined };
}

function valueMistake(
  written: string,
  expected: Flag["value"],
  value: string | undefined,
  attached: boolean,
): string | undefined {
  if (expected === undefined) {
    return value === undefined ? undefined : `'${written}' takes no value`;
  }
  const wanted = typeof expected === "string" ? expected : listed(expected);
  if (value === undefined || value === "") {
    return `'${written}' needs ${wanted}`;
  }
  return !attached && value.startsWith("-") && value !== "-"
    ? `'${written}' needs ${wanted}, but '${value}' is a flag`
    : undefined;
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)!}`;
}
