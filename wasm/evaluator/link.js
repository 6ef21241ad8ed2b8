import { print } from "@bytecodealliance/jco";
import { foldConstants } from "../finish.js";
import { glue } from "./glue.js";
import { merge, withExports } from "./merge.js";

/**
 * Makes one core module of a component of the world `evaluator`, with no other imports than what
 * Nix offers. In it are the component's own core modules: `main` with the memory, the engine, and
 * the bindings to the WIT; the glue; and traps for all of WASI, which the compiler never asks.
 */
export async function link(component) {
  const text = foldConstants(await print(component));
  const main = coreModule(text, "main", "__heap_base");
  const engine = coreModule(text, "componentize_qjs_runtime.wasm", "cabi_realloc");
  const bindings = coreModule(text, "wit-dylib.wasm", "compile");
  const baseOf = (library) => constant(main, `${library}:table_base`);
  return withExports(
    await merge({
      main: withImports(main, (_, name) => ["traps", name]),
      traps: traps(engine),
      engine: withImports(
        withElementsAt(engine, baseOf("componentize_qjs_runtime.wasm")),
        engineImport,
      ),
      bindings: withImports(withElementsAt(bindings, baseOf("wit-dylib.wasm")), bindingsImport),
      glue: glue(constant(main, "componentize_qjs_runtime.wasm:cabi_realloc")),
    }),
    ["memory", "nix_wasm_init_v1", "compile"],
  );
}

/** The text of a core module inside a component, by its name and something that it exports. */
function coreModule(text, name, exported) {
  for (const { index, 0: start, 1: indentation } of text.matchAll(
    new RegExp(`^( *)\\(core module \\$${name} .*\n`, "gm"),
  )) {
    const end = text.indexOf(`\n${indentation})\n`, index);
    const body = text.slice(index + start.length, end);
    if (body.includes(`(export "${exported}"`)) {
      return `(module\n${body}\n)`;
    }
  }
  throw new Error(`the component has no core module ${name} that exports ${exported}`);
}

/** The value of a global that a module exports. */
function constant(module, exported) {
  const [, index] = find(module, new RegExp(`\\(export "${exported}" \\(global (\\d+)\\)`));
  return find(module, new RegExp(`\\(global \\(;${index};\\) .*?i32\\.const (\\d+)\\)`))[1];
}

/** A module whose functions start at a known slot of the table, not at one that it imports. */
function withElementsAt(module, slot) {
  return module.replace(/\(elem (.*?)\(global\.get [^)]*\)/, `(elem $1(i32.const ${slot})`);
}

/** A module that imports other things; `rename` gives module and name for those of each import. */
function withImports(module, rename) {
  return module.replace(/\(import "([^"]*)" "([^"]*)"/g, (_, from, name) => {
    const [newFrom, newName] = rename(from, name);
    return `(import "${newFrom}" "${newName}"`;
  });
}

function engineImport(from, name) {
  const library = "componentize_qjs_runtime.wasm";
  switch (from) {
    case "env":
      return mainImport(library, name);
    case "GOT.func":
      return ["main", `${library}:${name}`];
    case "GOT.mem":
      return ["main", name];
    default:
      return ["traps", trapName(from, name)];
  }
}

function bindingsImport(from, name) {
  switch (from) {
    case "env":
      return name.startsWith("wit_dylib_") || name === "cabi_realloc"
        ? ["engine", name]
        : mainImport("wit-dylib.wasm", name);
    case "inventory2nix:evaluator/nix@0.1.0":
      return ["env", name.replaceAll("-", "_")];
    case "inventory2nix:evaluator/glue@0.1.0":
      return ["glue", name];
    default:
      throw new Error(`nothing is linked to ${from}#${name}`);
  }
}

/** Libraries import their place in memory and table under the same names. */
function mainImport(library, name) {
  return ["main", /^__\w+_base$/.test(name) ? `${library}:${name.slice(2)}` : name];
}

const adapterReset = "reset_adapter_state";

/** A function for each that the engine imports from elsewhere. */
function traps(engine) {
  const types = engine.match(/^ *\(type .*\)$/gm);
  const functions = Array.from(
    engine.matchAll(/\(import "([^"]*)" "([^"]*)" \(func .*?\(type (\d+)\)/g),
    ([, from, name, type]) => {
      const body = name === adapterReset ? "" : "unreachable";
      return `(func (export "${trapName(from, name)}") (type ${type}) ${body})`;
    },
  );
  return `(module ${types.join("\n")} ${functions.join("\n")})`;
}

function trapName(from, name) {
  return name === adapterReset ? name : `${from}#${name}`;
}

function find(text, pattern) {
  const found = pattern.exec(text);
  if (found === null) {
    throw new Error(`the component has no ${pattern}`);
  }
  return found;
}
