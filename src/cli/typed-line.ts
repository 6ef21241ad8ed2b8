import { getOrInsertComputed } from "../model/maps.js";
import {
  type CommandName,
  commands,
  defaultCommand,
  type Flag,
  type FlagName,
  flags,
  valueAfter,
} from "./command-table.js";
import { type Invocation, splitFlag } from "./parse-arguments.js";

/** A command line up to the cursor. */
export interface TypedLine extends Invocation {
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

/** The line that these words are, as a shell splits it; what is wrong with it is passed over. */
export function readLine(words: readonly string[]): TypedLine {
  // Bash makes a word of each '='.
  const typed = words
    .filter((word, index) => word !== "=" || index === words.length - 1)
    .map((word) => (word === "=" ? "" : word));
  const last = typed.at(-1) ?? "";
  const { given, operands, open } = readWords(typed.slice(0, -1));
  const isNamed = operands[0] !== undefined && Object.hasOwn(commands, operands[0]);
  const command = isNamed ? (operands[0] as CommandName) : defaultCommand;
  const line = {
    command,
    flags: possible(given, command),
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

/** The flags without the values that none of a command's words is. */
function possible(
  given: ReadonlyMap<FlagName, readonly string[]>,
  command: CommandName,
): Invocation["flags"] {
  const known = new Map<FlagName, readonly string[]>();
  for (const [flag, values] of given) {
    const words = valueAfter(flag, command);
    const kept = typeof words === "object" ? values.filter((it) => words.includes(it)) : values;
    if (kept.length > 0) known.set(flag, kept);
  }
  return known;
}

/** Flags with their values, and operands; a flag is open if its value has not come yet. */
function readWords(words: readonly string[]) {
  const given = new Map<FlagName, string[]>();
  const operands: string[] = [];
  let open: FlagName | undefined;
  for (const word of words) {
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
      getOrInsertComputed(given, name, () => []).push(attached ?? "");
    }
  }
  return { given, operands, open };
}
