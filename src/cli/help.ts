import {
  type Command,
  type CommandName,
  commands,
  defaultCommand,
  flagSummary,
  flagUsage,
} from "./command-table.js";

/** The help for one command; for the default one it also lists the others. */
export function help(name: CommandName): string {
  const command: Command = commands[name];
  const summary =
    name === defaultCommand
      ? "Compile a Clan inventory, written in YAML or JSON, to Nix."
      : `${sentence(command.summary)}.`;
  return [
    usage(name),
    summary,
    ...(name === defaultCommand ? [section("Commands", commandRows())] : []),
    section(
      "Flags",
      command.flags.map((flag) => [flagUsage(flag, name), flagSummary(command, flag)]),
    ),
    "Exit codes: 0 success, 1 an error or a difference, 2 wrong usage or a failed read or write, 101 a bug in inventory2nix.\n",
  ].join("\n\n");
}

/** The first lines. */
function usage(name: CommandName): string {
  const { operands }: Command = commands[name];
  const words = [
    "inventory2nix",
    name === defaultCommand ? `[${name}]` : name,
    "[FLAG]…",
    operands,
  ].filter((word) => word !== "");
  const pipe =
    name === defaultCommand ? "\n       cat inventory.yaml | inventory2nix > inventory.nix" : "";
  return `Usage: ${words.join(" ")}${pipe}`;
}

function commandRows(): [string, string][] {
  return Object.entries(commands).map(([name, { summary }]) => [name, summary]);
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return [`${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)].join(
    "\n",
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
