import * as glue from "inventory2nix:evaluator/glue@0.1.0";
import { callFunction, getAttr, getBool, type Handle } from "inventory2nix:evaluator/nix@0.1.0";
import { completeOptions, type Limits } from "../../src/model/options.js";
import { boundedLimits } from "../bounded-limits.js";
import { decodeUtf8 } from "../utf8.js";

/** What the module is asked for, as `nix/evaluate-inventory.nix` passes it. */
export interface Request {
  /** A file or a folder, absolute; absent where there is a text. */
  readonly src: string | undefined;
  readonly text: Uint8Array | undefined;
  /**
   * The folder of the project: diagnostics name files as seen from there, and its folder `machines`
   * has a folder for each machine. Absent where it is unknown.
   */
  readonly project: string | undefined;
  readonly emit: string | undefined;
  /** Paths of catalogues, or `none`. */
  readonly services: readonly string[];
  /** What the flake calls its input clan-core. */
  readonly clanCoreInput: string | undefined;
  /** The clan-core to check services against; absent for that of `flake.lock`. */
  readonly clanCore: string | undefined;
  /** Classes by name; absent for the folders in `machines`. */
  readonly knownMachines: ReadonlyMap<string, string> | undefined;
  /** Whether the inventory.json that Clan reads itself is read, too. */
  readonly inventoryJson: boolean;
  readonly denyWarnings: boolean;
  /** What findings become by their codes; the last rule for one wins. */
  readonly severities: readonly { readonly code: string; readonly severity: string }[];
  readonly limits: Partial<Limits>;
  /** Whether what relative paths lead to can be looked for. */
  readonly hasFiles: boolean;
  /** Where relative paths of the inventory resolve. */
  readonly root: Handle;
  /** What references begin with. */
  readonly args: Handle;
  readonly functions: Functions;
}

/** What a module cannot do by itself; `nix/evaluator-functions.nix` has them. */
export interface Functions {
  /** `/` */
  readonly fileSystem: Handle;
  /** `path -> bool` */
  readonly pathExists: Handle;
  /** `path -> string` */
  readonly readFileType: Handle;
  /** `path -> { name = type; }` */
  readonly readDir: Handle;
  /** `{ name = value; } -> [ name value ]` */
  readonly pairs: Handle;
  /** `text -> error` */
  readonly fail: Handle;
  /** `root -> "/relative" -> path` */
  readonly append: Handle;
  /** `args -> [ name ] -> value` */
  readonly select: Handle;
  /** `path -> string` */
  readonly fileContents: Handle;
  /** `args -> [ text or [ name ] ] -> string` */
  readonly interpolate: Handle;
  /** `[ list ] -> list` */
  readonly concat: Handle;
  /** `path -> [ path ]` */
  readonly modulesIn: Handle;
}

export function readRequest(argument: Handle): Request {
  const at = (name: string) => getAttr(argument, name);
  const functions = readFunctions(at("functions"));
  return {
    src: optional(at("src"), readPath),
    text: optional(at("text"), glue.copyString),
    project: optional(at("project"), readPath),
    emit: optional(at("emit"), readText),
    services: optional(at("services"), readTexts) ?? [],
    clanCoreInput: optional(at("clanCoreInput"), readText),
    clanCore: optional(at("clanCore"), readText),
    knownMachines: optional(at("knownMachines"), (machines) => readTextMap(machines, functions)),
    inventoryJson: optional(at("inventoryJson"), getBool) !== 0,
    denyWarnings: optional(at("denyWarnings"), getBool) === 1,
    severities: optional(at("severities"), readSeverities) ?? [],
    limits: optional(at("limits"), readLimits) ?? {},
    hasFiles: optional(at("hasFiles"), getBool) !== 0,
    root: at("root"),
    args: at("args"),
    functions,
  };
}

function readFunctions(functions: Handle): Functions {
  const at = (name: keyof Functions) => getAttr(functions, name);
  return {
    fileSystem: at("fileSystem"),
    pathExists: at("pathExists"),
    readFileType: at("readFileType"),
    readDir: at("readDir"),
    pairs: at("pairs"),
    fail: at("fail"),
    append: at("append"),
    select: at("select"),
    fileContents: at("fileContents"),
    interpolate: at("interpolate"),
    concat: at("concat"),
    modulesIn: at("modulesIn"),
  };
}

function readPath(path: Handle): string {
  return decodeUtf8(glue.copyPath(path));
}

export function readText(value: Handle): string {
  return decodeUtf8(glue.copyString(value));
}

/** A set of strings. It comes as a list, because Nix has no quick way to ask for many names. */
export function readTextMap(value: Handle, { pairs }: Functions): ReadonlyMap<string, string> {
  const words = readTexts(callFunction(pairs, Uint32Array.of(value)));
  const map = new Map<string, string>();
  for (let at = 0; at < words.length; at += 2) {
    map.set(words[at]!, words[at + 1]!);
  }
  return map;
}

function readTexts(value: Handle): readonly string[] {
  return Array.from(glue.copyList(value), readText);
}

function readSeverities(value: Handle): Request["severities"] {
  return Array.from(glue.copyList(value), (rule) => ({
    code: readText(getAttr(rule, "code")),
    severity: readText(getAttr(rule, "severity")),
  }));
}

function readLimits(value: Handle): Partial<Limits> {
  const names = Object.keys(completeOptions({}).limits);
  return boundedLimits(
    Object.fromEntries(names.map((name) => [name, optional(getAttr(value, name), glue.getInt)])),
  );
}

function optional<T>(value: Handle, read: (value: Handle) => T): T | undefined {
  return value === 0 ? undefined : read(value);
}
