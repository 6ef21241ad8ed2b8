/**
 * The one table of commands and flags: arguments are parsed by it; help and completions are printed
 * from it.
 */

export interface Flag {
  readonly short?: string;
  /**
   * What follows the flag: one of these words, or anything, under the name that help shows. Absent
   * where nothing does.
   */
  readonly value?: string | readonly string[];
  readonly summary: string;
}

/** A flag means the same wherever it is accepted. */
export const flags = {
  "allow-nix": { summary: "allow raw Nix code (!nix) in the inventory" },
  check: { summary: "write nothing; exit 1 and show a diff if the -o file is not current" },
  "clan-core": {
    value: "VERSION",
    summary:
      "the clan-core to check services against: latest, a day or a revision (default: flake.lock's)",
  },
  "clan-core-input": {
    value: "NAME",
    summary: "another flake input that is clan-core, to check its services, too",
  },
  class: { value: ["nixos", "darwin"], summary: "the class of the machine (default nixos)" },
  clientProcessId: { value: "PID", summary: "end when the process with this number does" },
  color: {
    value: ["auto", "always", "never"],
    summary: "color diagnostics; auto: on a terminal, unless NO_COLOR is set",
  },
  "deny-warnings": { summary: "treat warnings as errors" },
  diff: { summary: "show what would change, and write nothing; exit 1 if anything would" },
  emit: {
    value: ["resolved", "declared"],
    summary: "each member with its merged settings (default), or roles as written",
  },
  error: { value: "CODE", summary: "report findings with this code as errors; repeatable" },
  file: {
    short: "f",
    value: "FILE|DIR",
    summary: "a file or folder of the inventory, or '-' for standard input; repeatable",
  },
  fix: { summary: "correct the mistakes that have only one possible correction" },
  format: {
    value: ["text", "json", "github", "sarif"],
    summary: "how to print diagnostics (default text)",
  },
  from: {
    value: ["yaml", "json"],
    summary: "the input's language (default: detected from name and text)",
  },
  full: { summary: "show tags and settings, too" },
  help: { short: "h", summary: "show this help" },
  ignore: {
    value: "CODE",
    summary: "leave out findings with this code, or 'all' ('codes' lists them); repeatable",
  },
  input: { value: "NAME", summary: "the flake input of the service (default clan-core)" },
  instance: {
    value: "NAME",
    summary: "only instances with this name; * and ? are wildcards; repeatable",
  },
  "inventory-json": {
    value: "FILE",
    summary: "the inventory.json that Clan reads itself (default: the one beside flake.nix)",
  },
  json: { summary: "print JSON" },
  "known-machine": {
    value: "NAME[=CLASS]",
    summary: "a machine declared elsewhere, with class nixos (default) or darwin; repeatable",
  },
  machine: {
    value: "NAME",
    summary: "only machines with this name; * and ? are wildcards; repeatable",
  },
  "machines-dir": {
    value: "DIR",
    summary: "a folder with a folder for each known machine (default: machines/ of the project)",
  },
  module: { value: "NAME", summary: "the service (default: the instance's name)" },
  modules: {
    value: "FILE",
    summary: "what an export from Clan lacks: the files of each role's extraModules, as JSON",
  },
  "no-inventory-json": { summary: "do not read the inventory.json that Clan reads itself" },
  "no-machines-dir": { summary: "do not look for a machines/ folder" },
  "no-root-default": {
    summary: "make whoever imports the output say where its paths start ('root')",
  },
  output: {
    short: "o",
    value: "FILE",
    summary: "write to a file, left untouched if it is current (default: -, standard output)",
  },
  quiet: { short: "q", summary: "print diagnostics only, without counts and progress" },
  services: {
    value: "FILE|none",
    summary:
      "a catalogue of services, in place of the built-in one for the same flake input; repeatable",
  },
  "stdin-filename": {
    value: "NAME",
    summary: "the name of standard input, and the folder that its paths start from",
  },
  stdio: { summary: "speak over standard input and output (the only way, and the default)" },
  tag: {
    value: "NAME",
    summary: "only machines with this tag; * and ? are wildcards; repeatable",
  },
  to: { value: ["nix", "json", "yaml"], summary: "the output's language (default nix)" },
  "unsafe-fixes": { summary: "with --fix or --diff: also the corrections that are guesses" },
  version: { short: "V", summary: "show the version" },
  warn: { value: "CODE", summary: "report findings with this code as warnings; repeatable" },
  watch: { summary: "compile again whenever an input changes" },
} as const satisfies { readonly [name: string]: Flag };

export type FlagName = keyof typeof flags;

export interface Command {
  /** What follows the command, as help shows it. */
  readonly operands: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
  /** Words that only this command takes after a flag. */
  readonly words?: { readonly [flag in FlagName]?: readonly string[] };
  /** What flags mean to this command, where that is not what they mean to others. */
  readonly summaries?: { readonly [name in FlagName]?: string };
}

const everyCommand = ["help", "version"] as const;

/** The flags that say where an inventory is, and what is a mistake in it. */
const finding = [
  "file",
  "from",
  "known-machine",
  "machines-dir",
  "no-machines-dir",
  "inventory-json",
  "no-inventory-json",
  "allow-nix",
  "deny-warnings",
  "error",
  "warn",
  "ignore",
  "services",
  "clan-core",
  "clan-core-input",
] as const;

/** The flags of every command that reads an inventory and prints what is wrong with it. */
const reading = [
  ...finding,
  "stdin-filename",
  "format",
  "color",
  "quiet",
  ...everyCommand,
] as const;

export const shells = ["bash", "zsh", "fish"] as const;

const sources = "[FILE|DIR|-]…";

/** The flags of every command that changes the inventory. */
const editing = ["diff", "check", ...reading] as const;

const editSummaries = { check: "write nothing; exit 1 if anything would change" };

const assignSummaries = {
  ...editSummaries,
  machine: "a machine by its name; repeatable",
  tag: "all machines with a tag; repeatable",
};

export const commands = {
  compile: {
    operands: sources,
    summary: "compile an inventory (the default command)",
    flags: ["emit", "to", "modules", "output", "check", "watch", "no-root-default", ...reading],
  },
  check: {
    operands: sources,
    summary: "only print diagnostics, or correct the mistakes",
    flags: ["fix", "unsafe-fixes", "diff", ...reading],
  },
  plan: {
    operands: sources,
    summary: "show what every machine gets",
    flags: ["machine", "instance", "tag", "full", "json", "emit", ...reading],
  },
  explain: {
    operands: "MACHINE [INSTANCE[.ROLE]] [SETTING]",
    summary: "show why a machine is a member, and where its settings come from",
    flags: ["json", "emit", ...reading],
  },
  diff: {
    operands: "OLD [NEW]",
    summary: "show which machines change between files or git revisions; exit 1 if any do",
    flags: ["json", "emit", ...reading],
    words: { format: ["markdown"] },
  },
  graph: {
    operands: sources,
    summary: "draw machines and instances, as Mermaid",
    flags: ["machine", "instance", "tag", "emit", ...reading],
  },
  init: {
    operands: "",
    summary: "start an inventory.yaml, with the machines that have a folder",
    flags: ["machines-dir", "no-machines-dir", "quiet", ...everyCommand],
  },
  add: {
    operands: "machine|instance NAME",
    summary: "add a machine or an instance to the inventory",
    flags: ["tag", "class", "module", "input", ...editing],
    summaries: { ...editSummaries, tag: "a tag of the machine; repeatable" },
  },
  remove: {
    operands: "machine|tag|instance NAME",
    summary: "remove a machine, tag or instance, and every place that names it",
    flags: editing,
    summaries: editSummaries,
  },
  rename: {
    operands: "machine|tag|instance OLD NEW",
    summary: "rename a machine, tag or instance everywhere",
    flags: editing,
    summaries: editSummaries,
  },
  tag: {
    operands: "MACHINE… TAG…",
    summary: "give tags to machines; the machines come first",
    flags: editing,
    summaries: editSummaries,
  },
  untag: {
    operands: "MACHINE… TAG…",
    summary: "take tags away from machines; the machines come first",
    flags: editing,
    summaries: editSummaries,
  },
  assign: {
    operands: "INSTANCE.ROLE",
    summary: "give a role to machines, by name or by tag",
    flags: ["machine", "tag", ...editing],
    summaries: assignSummaries,
  },
  unassign: {
    operands: "INSTANCE.ROLE",
    summary: "take a role away from machines or tags",
    flags: ["machine", "tag", ...editing],
    summaries: assignSummaries,
  },
  set: {
    operands: "PLACE VALUE",
    summary: "set a value, written in YAML, at a place such as machines.laptop.description",
    flags: editing,
    summaries: editSummaries,
  },
  unset: {
    operands: "PLACE",
    summary: "remove the value at a place",
    flags: editing,
    summaries: editSummaries,
  },
  adopt: {
    operands: "",
    summary: "move what clan wrote into its own inventory.json to the inventory",
    flags: editing,
    summaries: editSummaries,
  },
  services: {
    operands: "[NAME]",
    summary: "show the known services, or the roles and settings of one",
    flags: ["services", "clan-core", "json", ...everyCommand],
  },
  schema: {
    operands: "",
    summary: "print the JSON Schema of inventories, with known services, for editors",
    flags: ["services", "clan-core", ...everyCommand],
  },
  lsp: {
    operands: "",
    summary: "serve an editor that speaks the Language Server Protocol",
    flags: ["stdio", "clientProcessId", ...finding, ...everyCommand],
    summaries: { file: "a file or folder of the inventory; repeatable" },
  },
  codes: {
    operands: "[CODE]",
    summary: "show the codes of diagnostics, or what one means and how to fix it",
    flags: ["json", ...everyCommand],
  },
  completions: {
    operands: shells.join("|"),
    summary: "print completions for a shell, which know the names in inventory.yaml",
    flags: everyCommand,
  },
  help: {
    operands: "[COMMAND]",
    summary: "show this help, or that of a command",
    flags: everyCommand,
  },
  version: { operands: "", summary: "show the version", flags: everyCommand },
} as const satisfies { readonly [name: string]: Command };

export type CommandName = keyof typeof commands;

export const defaultCommand: CommandName = "compile";

/** What follows a flag of a command. */
export function valueAfter(flag: FlagName, command: CommandName): Flag["value"] {
  const { value }: Flag = flags[flag];
  const { words }: Command = commands[command];
  return typeof value === "object" ? [...value, ...(words?.[flag] ?? [])] : value;
}

/** How a flag of a command is written, with what follows it: `-o, --output FILE`. */
export function flagUsage(name: FlagName, command: CommandName): string {
  const { short }: Flag = flags[name];
  const value = valueAfter(name, command);
  const word = value === undefined ? "" : ` ${typeof value === "string" ? value : value.join("|")}`;
  return `${short === undefined ? "" : `-${short}, `}--${name}${word}`;
}

/** What a flag means to a command. */
export function flagSummary({ summaries = {} }: Command, name: FlagName): string {
  return summaries[name] ?? flags[name].summary;
}
