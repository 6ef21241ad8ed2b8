import { makeInt } from "inventory2nix:evaluator/glue@0.1.0";
import {
  type Handle,
  makeApp,
  makeAttrset,
  makeBool,
  makeFloat,
  makeList,
  makeNull,
  makePath,
  makeString,
} from "inventory2nix:evaluator/nix@0.1.0";
import { type Assembly, isBranch, type Tree } from "../../src/model/assembly.js";
import {
  isList,
  isMap,
  type PathValue,
  type Special,
  type Value,
  type ValueMap,
} from "../../src/model/value.js";
import type { Request } from "./request.js";

/** An assembled inventory as the value that its Nix file would evaluate to. */
export function toNix(tree: Assembly["tree"], request: Request): Handle {
  const parts = Object.entries(tree);
  return new Writer(request).attributes(parts);
}

class Writer {
  /** What several places share is made once. */
  readonly #known = new Map<Tree, Handle>();

  constructor(private readonly request: Request) {}

  attributes(entries: Iterable<readonly [string, Tree]>): Handle {
    return makeAttrset(
      Array.from(entries, ([name, value]) => ({ name, value: this.#value(value) })),
    );
  }

  #value(value: Tree): Handle {
    switch (typeof value) {
      case "boolean":
        return makeBool(value ? 1 : 0);
      case "bigint":
        return int(value);
      case "number":
        return Number.isInteger(value) ? int(BigInt(value)) : makeFloat(value);
      default:
        break;
    }
    let made = this.#known.get(value);
    if (made === undefined) {
      made = this.#make(value);
      this.#known.set(value, made);
    }
    return made;
  }

  #make(value: Exclude<Tree, boolean | bigint | number>): Handle {
    if (typeof value === "string") {
      return makeString(value);
    }
    if (value === null) {
      return makeNull();
    }
    if (isBranch(value)) {
      return this.attributes(value);
    }
    if (isList(value)) {
      return this.#list(value);
    }
    if (isMap(value)) {
      return this.attributes(entriesOf(value));
    }
    return value.kind === "float" ? makeFloat(value.value) : this.#special(value);
  }

  #list(items: readonly Value[]): Handle {
    return makeList(Uint32Array.from(items, (item) => this.#value(item)));
  }

  /** Functions of Nix make what its evaluation may leave for later. */
  #special(value: Special): Handle {
    const { args, functions } = this.request;
    switch (value.kind) {
      case "path":
        return this.#path(value);
      case "fileContents":
        return apply(functions.fileContents, this.#path(value.file));
      case "ref":
        return apply(functions.select, args, this.#list(value.names));
      case "interpolate":
        return apply(
          functions.interpolate,
          args,
          this.#list(value.parts.map((part) => (typeof part === "string" ? part : part.names))),
        );
      case "concat":
        return apply(
          functions.concat,
          this.#list(value.parts.map((part) => (part.kind === "list" ? part.items : part))),
        );
      case "modulesIn":
        return apply(functions.modulesIn, this.#path(value.folder));
      case "override":
      case "order":
        return this.#property(value.kind, { content: value.content, priority: value.priority });
      case "if":
        return this.#property(value.kind, { condition: value.condition, content: value.content });
      case "merge":
        return this.#property(value.kind, { contents: value.contents });
      case "nix":
        throw new Error("raw Nix is refused before");
      case "unreadable":
        throw new Error("an inventory with errors has no output");
    }
  }

  #path({ path, absolute }: PathValue): Handle {
    const { root, functions } = this.request;
    if (absolute) {
      return makePath(functions.fileSystem, path.slice(1));
    }
    return path === "" ? root : apply(functions.append, root, makeString(path));
  }

  #property(type: string, fields: ValueMap): Handle {
    return this.attributes([["_type", type], ...Object.entries(fields)]);
  }
}

/** A call that Nix makes when it needs the result. */
export function apply(callee: Handle, ...argumentList: readonly Handle[]): Handle {
  return makeApp(callee, Uint32Array.from(argumentList));
}

function entriesOf(map: ValueMap): readonly [string, Value][] {
  return Object.keys(map).map((key) => [key, map[key]!]);
}

function int(value: bigint): Handle {
  return makeInt(Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value)));
}
