import { parse, print } from "@bytecodealliance/jco";
import { parseAst } from "rollup/parseAst";

/**
 * Makes what componentize-qjs wrote fit to publish: without the leftovers of
 * its snapshot, readable for engines without extended constant expressions
 * (Node 20), and with the facts about the package in it.
 */
export async function finish(component, facts) {
  const text = await print(component);
  return Buffer.from(
    await parse(
      [withoutInit, foldConstants, (text) => withFacts(text, facts)].reduce(
        (text, step) => step(text),
        text,
      ),
    ),
  );
}

/**
 * The engine keeps the text of every function for `toString`, and leaves the whole program's in
 * memory that it frees. Nobody asks for either: in the snapshot, zeros replace them, which pack well.
 */
export function withoutSource(component, source) {
  const cleaned = Buffer.from(component);
  const nodes = descendants(parseAst(source));
  clearRuns(
    cleaned,
    Buffer.from(source),
    Math.max(...nodes.filter(isString).map(({ start, end }) => end - start)),
  );
  clearTexts(
    cleaned,
    nodes.filter(isFunction).map(({ start, end }) => Buffer.from(source.slice(start, end))),
  );
  return cleaned;
}

function descendants(node) {
  if (typeof node !== "object" || node === null) {
    return [];
  }
  return [node, ...Object.values(node).flatMap(descendants)];
}

function isString({ type }) {
  return type === "Literal" || type === "TemplateElement";
}

function isFunction({ type, method }) {
  return /Function|Class|MethodDefinition/.test(type) || method === true;
}

/** A run longer than any string of the program cannot be a string that it uses. */
function clearRuns(bytes, text, longestString) {
  for (let at = 0; at < text.length; at += longestString) {
    const probe = text.subarray(at, at + longestString);
    for (let start = bytes.indexOf(probe); start >= 0; start = bytes.indexOf(probe, start)) {
      let end = start + probe.length;
      while (at + end - start < text.length && bytes[end] === text[at + end - start]) {
        end++;
      }
      if (end - start > longestString) {
        bytes.fill(0, start, end);
      }
      start = end;
    }
  }
}

function clearTexts(bytes, texts) {
  const byStart = new Map();
  for (const text of texts.filter(({ length }) => length >= 16)) {
    const start = text.readUInt32LE();
    byStart.set(start, [...(byStart.get(start) ?? []), text]);
  }
  for (const alike of byStart.values()) {
    alike.sort((a, b) => b.length - a.length);
  }
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const text = byStart
      .get(bytes.readUInt32LE(at))
      ?.find((text) => text.equals(bytes.subarray(at, at + text.length)));
    if (text !== undefined) {
      bytes.fill(0, at, at + text.length);
    }
  }
}

/** The function that took the snapshot is exported, as the last of all functions. */
function withoutInit(text) {
  return replaced(
    text,
    /^  \(alias export \d+ "init" \(func \(;\d+;\)\)\)\n  \(export \(;\d+;\) "init" \(func \d+\)\)\n/m,
    "",
  );
}

/**
 * Globals of the engine start as a base and an offset; the bases are constants of the module beside
 * it.
 */
export function foldConstants(text) {
  // The engine imports the two as its globals 1 and 2.
  const bases = { 1: base(text, "memory"), 2: base(text, "table") };
  const sum = /^( *\(global \(;\d+;\) i32) global\.get ([12]) i32\.const (\d+) i32\.add\)/gm;
  return replaced(
    text,
    sum,
    (_, start, base, offset) => `${start} i32.const ${bases[base] + Number(offset)})`,
  );
}

function base(text, kind) {
  const index = new RegExp(
    `\\(export "componentize_qjs_runtime\\.wasm:${kind}_base" \\(global (\\d+)\\)\\)`,
  ).exec(text)?.[1];
  const value = new RegExp(`\\(global \\(;${index};\\) i32 i32\\.const (\\d+)\\)`).exec(text)?.[1];
  if (value === undefined) {
    throw new Error(`the component does not say where the engine's ${kind} starts`);
  }
  return Number(value);
}

/** As the tools of the ecosystem read them: the name, and sections for the rest. */
function withFacts(text, { name, ...facts }) {
  const sections = Object.entries(facts).map(
    ([section, fact]) => `  (@custom ${JSON.stringify(section)} ${JSON.stringify(fact)})\n`,
  );
  return replaced(text, /^\(component\n/, `(component $${name}\n`).replace(
    /\)\s*$/,
    `${sections.join("")})\n`,
  );
}

function replaced(text, pattern, replacement) {
  const result = text.replace(pattern, replacement);
  if (result === text) {
    throw new Error(`the component has no ${pattern}`);
  }
  return result;
}
