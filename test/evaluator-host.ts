/**
 * A host for the module of `builtins.wasm`, in place of Nix's evaluator: the interface that Nix
 * offers, over values of JavaScript, and what comes out of the module as Nix code.
 */
import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const evaluatorFile = path.join(import.meta.dirname, "../dist/inventory2nix.nix.wasm");

/** Numbers are floats, ints are `bigint`. */
export type NixValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly NixValue[]
  | ReadonlyMap<string, NixValue>
  | NixPath
  | NixCode
  | NixFunction
  | NixApplication;

export class NixPath {
  constructor(readonly path: string) {}
}

/** Something that only Nix knows: a name in scope where the value is used. */
export class NixCode {
  constructor(readonly code: string) {}
}

/** A function that is called while the module runs. */
export class NixFunction {
  constructor(readonly call: (argument: NixValue) => NixValue) {}
}

/** A function applied to arguments, for later. */
export class NixApplication {
  constructor(
    readonly callee: NixValue,
    readonly argumentList: readonly NixValue[],
  ) {}
}

export interface Evaluation {
  /** Absent where the value is an error. */
  readonly value?: NixValue;
  readonly error?: string;
  readonly warnings: readonly string[];
}

/** Where files are read, and names for what is evaluated later. */
export const functions: NixValue = new Map<string, NixValue>([
  ["fileSystem", new NixPath("/")],
  ["pathExists", new NixFunction((file) => existsSync(pathOf(file)))],
  ["readFileType", new NixFunction((file) => typeOf(lstatSync(pathOf(file))))],
  ["readDir", new NixFunction(readFolder)],
  ["pairs", new NixFunction((set) => [...(set as ReadonlyMap<string, NixValue>)].flat())],
  ["fail", new NixCode("functions.fail")],
  ["append", new NixCode("functions.append")],
  ["select", new NixCode("functions.select")],
  ["fileContents", new NixCode("functions.fileContents")],
  ["interpolate", new NixCode("functions.interpolate")],
  ["concat", new NixCode("functions.concat")],
  ["modulesIn", new NixCode("functions.modulesIn")],
]);

/** The part of the JavaScript interface that is used here; the types of Node lack it. */
const { WebAssembly: engine } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: {
      new (bytes: Uint8Array): object;
      imports(module: object): readonly External[];
      exports(module: object): readonly External[];
    };
    readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
  };
};

interface External {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

let compiled: object | undefined;

/** What the module asks for, and what it offers. */
export function interfaceOfModule(): {
  readonly imports: readonly External[];
  readonly exports: readonly External[];
} {
  const module = compile();
  return { imports: engine.Module.imports(module), exports: engine.Module.exports(module) };
}

/** Runs the module in a fresh instance, as Nix does. A panic, our bug, is thrown. */
export function evaluateInModule(argument: { readonly [name: string]: NixValue }): Evaluation {
  const instance = new Instance();
  const value = instance.run(new Map(Object.entries(argument)));
  const { warnings } = instance;
  return value instanceof NixApplication && toCode(value.callee) === "functions.fail"
    ? { error: value.argumentList[0] as string, warnings }
    : { value, warnings };
}

/** A value as Nix code. */
export function toCode(value: NixValue): string {
  if (value instanceof Map) {
    const entries = Array.from(value as ReadonlyMap<string, NixValue>, ([name, item]) => {
      return `${quote(name)} = ${toCode(item)};`;
    });
    return `{ ${entries.join(" ")} }`;
  }
  if (Array.isArray(value)) {
    return `[ ${value.map((item) => `(${toCode(item)})`).join(" ")} ]`;
  }
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return value === -(2n ** 63n) ? "(-9223372036854775807 - 1)" : `(${value})`;
    case "number":
      return `(builtins.fromJSON ${quote(floatJson(value))})`;
    default:
      break;
  }
  if (value instanceof NixPath) {
    return `(/. + ${quote(value.path)})`;
  }
  if (value instanceof NixCode) {
    return value.code;
  }
  if (value instanceof NixApplication) {
    return [value.callee, ...value.argumentList].map((part) => `(${toCode(part)})`).join(" ");
  }
  return String(value);
}

function quote(text: string): string {
  return `"${text.replace(/["\\$]/g, "\\$&").replaceAll("\r", "\\r")}"`;
}

function floatJson(value: number): string {
  const text = Object.is(value, -0) ? "-0.0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function pathOf(value: NixValue): string {
  return (value as NixPath).path;
}

function readFolder(folder: NixValue): NixValue {
  const entries = readdirSync(pathOf(folder), { withFileTypes: true });
  return new Map(entries.map((entry) => [entry.name, typeOf(entry)]));
}

function typeOf(entry: Pick<Dirent, "isDirectory" | "isSymbolicLink">): string {
  return entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "symlink" : "regular";
}

function compile(): object {
  compiled ??= new engine.Module(readFileSync(evaluatorFile));
  return compiled;
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  nix_wasm_init_v1(): void;
  compile(argument: number): number;
}

class Instance {
  readonly warnings: string[] = [];
  /** A handle is an index; 0 is none. */
  private readonly values: NixValue[] = [null];
  private readonly exports: Exports;

  constructor() {
    this.exports = new engine.Instance(compile(), { env: this.imports() }).exports;
  }

  run(argument: NixValue): NixValue {
    this.exports.nix_wasm_init_v1();
    return this.value(this.exports.compile(this.handle(argument)));
  }

  private imports() {
    const { handle, value, text, list, copy } = this;
    return {
      panic: (start: number, length: number) => {
        throw new Error(text(start, length));
      },
      warn: (start: number, length: number) => void this.warnings.push(text(start, length)),
      make_int: (int: bigint) => handle(int),
      get_int: (int: number) => value(int) as bigint,
      make_float: (float: number) => handle(float),
      make_bool: (flag: number) => handle(flag !== 0),
      get_bool: (flag: number) => Number(value(flag)),
      make_null: () => handle(null),
      make_string: (start: number, length: number) => handle(text(start, length)),
      make_path: (base: number, start: number, length: number) =>
        handle(new NixPath(path.join(pathOf(value(base)), text(start, length)))),
      make_list: (start: number, length: number) => handle(list(start, length)),
      make_attrset: (start: number, length: number) => handle(this.attributes(start, length)),
      get_attr: (attributes: number, start: number, length: number) => {
        const found = (value(attributes) as Map<string, NixValue>).get(text(start, length));
        return found === undefined ? 0 : handle(found);
      },
      call_function: (callee: number, start: number, length: number) => {
        const [argument] = list(start, length);
        return handle((value(callee) as NixFunction).call(argument!));
      },
      make_app: (callee: number, start: number, length: number) =>
        handle(new NixApplication(value(callee), list(start, length))),
      copy_string: (string: number, start: number, max: number) =>
        copy(Buffer.from(value(string) as string), start, max),
      copy_path: (file: number, start: number, max: number) =>
        copy(Buffer.from(pathOf(value(file))), start, max),
      read_file: (file: number, start: number, max: number) =>
        copy(readFileSync(pathOf(value(file))), start, max),
      copy_list: (handleOfList: number, start: number, max: number) => {
        const items = value(handleOfList) as readonly NixValue[];
        copy(new Uint8Array(Uint32Array.from(items, handle).buffer), start, 4 * max);
        return items.length;
      },
    };
  }

  private readonly handle = (value: NixValue): number => this.values.push(value) - 1;

  private readonly value = (handle: number): NixValue => this.values[handle]!;

  private readonly text = (start: number, length: number): string =>
    Buffer.from(this.exports.memory.buffer, start >>> 0, length).toString();

  private readonly list = (start: number, length: number): NixValue[] =>
    this.words(start, length).map(this.value);

  private readonly copy = (bytes: Uint8Array, start: number, max: number): number => {
    if (bytes.length <= max) {
      new Uint8Array(this.exports.memory.buffer).set(bytes, start >>> 0);
    }
    return bytes.length;
  };

  private words(start: number, length: number): number[] {
    return [...new Uint32Array(this.exports.memory.buffer, start >>> 0, length)];
  }

  private attributes(start: number, length: number): Map<string, NixValue> {
    const words = this.words(start, 3 * length);
    return new Map(
      Array.from({ length }, (_, index) => {
        const [nameStart, nameLength, value] = words.slice(3 * index, 3 * index + 3);
        return [this.text(nameStart!, nameLength!), this.value(value!)];
      }),
    );
  }
}
