import * as glue from "inventory2nix:evaluator/glue@0.1.0";
import { getAttr, getBool, type Handle } from "inventory2nix:evaluator/nix@0.1.0";
import { completeOptions, type Limits } from "../../src/model/options.js";
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
  /** Classes by name; absent for the folders in `machines`. */
  readonly knownMachines: ReadonlyMap<string, string> | undefined;
  readonly denyWarnings: boolean;
  readonly limits: Partial<Limits>;
  /** Where relative paths of the inventory resolve. */
  readonly root: Handle;
  /** What references begin with. */
  readonly args: Handle;
  readonly functions: Functions;
}

/** What a module cannot do by itself. */
export interface Functions {
  /** `/` */
  readonly fileSystem: Handle;
  /** `path -> bool` */
  readonly pathExists: Handle;
  /** `path -> string` */
  readonly readFileType: Handle;
  /** `path -> { name = type; }` */
  readonly readDir: Handle;
  /** `root -> "/relative" -> path` */
  readonly append: Handle;
  /** `args -> [ name ] -> value` */
  readonly select: Handle;
  /** `path -> string` */
  readonly fileContents: Handle;
}

export function readRequest(argument: Handle): Request {
  const at = (name: string) => getAttr(argument, name);
  const functions = at("functions");
  const functionAt = (name: string) => getAttr(functions, name);
  return {
    src: optional(at("src"), (src) => decodeUtf8(glue.copyPath(src))),
    text: optional(at("text"), glue.copyString),
    project: optional(at("project"), (project) => decodeUtf8(glue.copyPath(project))),
    emit: optional(at("emit"), readText),
    services: optional(at("services"), readTexts) ?? [],
    knownMachines: optional(at("knownMachines"), readTextMap),
    denyWarnings: optional(at("denyWarnings"), getBool) === 1,
    limits: optional(at("limits"), readLimits) ?? {},
    root: at("root"),
    args: at("args"),
    functions: {
      fileSystem: functionAt("fileSystem"),
      pathExists: functionAt("pathExists"),
      readFileType: functionAt("readFileType"),
      readDir: functionAt("readDir"),
      append: functionAt("append"),
      select: functionAt("select"),
      fileContents: functionAt("fileContents"),
    },
  };
}

export function readText(value: Handle): string {
  return decodeUtf8(glue.copyString(value));
}

/** A set of strings. */
export function readTextMap(value: Handle): ReadonlyMap<string, string> {
  const entries = glue
    .copyAttrset(value)
    .map(({ value: text, nameLength }, index): [string, string] => [
      decodeUtf8(glue.copyAttrname(value, index, nameLength)),
      readText(text),
    ]);
  return new Map(entries);
}

function readTexts(value: Handle): readonly string[] {
  return Array.from(glue.copyList(value), readText);
}

function readLimits(value: Handle): Partial<Limits> {
  const names = Object.keys(completeOptions({}).limits);
  const given = names.map((name): [string, number | undefined] => [
    name,
    optional(getAttr(value, name), glue.getInt),
  ]);
  return Object.fromEntries(given.filter(([, limit]) => limit !== undefined));
}

function optional<T>(value: Handle, read: (value: Handle) => T): T | undefined {
  return value === 0 ? undefined : read(value);
}
