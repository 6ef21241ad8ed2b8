import { parse, print } from "@bytecodealliance/jco-transpile/wasm-tools";
import { parseAst } from "rollup/parseAst";

/**
 * Makes what componentize-qjs wrote fit to publish: without the leftovers of
 * its snapshot, readable for engines without extended constant expressions
 * (Node 20), and with the facts about the package in it.
 */
export async function finish(component, facts) {
  const text = await print(component);
  return Buffer.from(await parse([withoutInit, foldConstants, (text) => withFacts(text, facts)].reduce((text, step) => step(text), text)));
}

/**
 * The engine keeps the text of every function for `toString`, and has left the
 * whole program's in memory that it freed. Nobody asks for either: where they
 * stand in the snapshot there will be zeros, which take no place when packed.
 */
export function withoutSource(component, source) {
  const cleaned = Buffer.from(component);
  const texts = new Map();
  for (const text of [...pieces(source), ...functionTexts(parseAst(source), source)].map((text) => Buffer.from(text))) {
    if (text.length < 16) continue;
    const start = text.readUInt32LE();
    texts.set(start, [...(texts.get(start) ?? []), text]);
  }
  for (const alike of texts.values()) alike.sort((a, b) => b.length - a.length);
  for (let at = 0; at + 4 <= cleaned.length; at++) {
    const text = texts.get(cleaned.readUInt32LE(at))?.find((text) => text.equals(cleaned.subarray(at, at + text.length)));
    if (text !== undefined) cleaned.fill(0, at, at + text.length);
  }
  return cleaned;
}

/** Of the whole text parts may be overwritten already. */
function pieces(source) {
  return source.match(/[^]{1,1024}/g);
}

function functionTexts(node, source) {
  if (typeof node !== "object" || node === null) return [];
  const below = Object.values(node).flatMap((child) => functionTexts(child, source));
  return /Function|Class|Method|^Property$/.test(node.type) ? [source.slice(node.start, node.end), ...below] : below;
}

/** The function that took the snapshot is exported, as the last of all functions. */
function withoutInit(text) {
  return replaced(text, /^  \(alias export \d+ "init" \(func \(;\d+;\)\)\)\n  \(export \(;\d+;\) "init" \(func \d+\)\)\n/m, "");
}

/** Globals of the engine start as a base and an offset; the bases are constants of the module beside it. */
function foldConstants(text) {
  // The engine imports the two as its globals 1 and 2.
  const bases = { 1: base(text, "memory"), 2: base(text, "table") };
  const sum = /^( *\(global \(;\d+;\) i32) global\.get ([12]) i32\.const (\d+) i32\.add\)/gm;
  return replaced(text, sum, (_, start, base, offset) => `${start} i32.const ${bases[base] + Number(offset)})`);
}

function base(text, kind) {
  const index = new RegExp(`\\(export "componentize_qjs_runtime\\.wasm:${kind}_base" \\(global (\\d+)\\)\\)`).exec(text)?.[1];
  const value = new RegExp(`\\(global \\(;${index};\\) i32 i32\\.const (\\d+)\\)`).exec(text)?.[1];
  if (value === undefined) throw new Error(`the component does not say where the engine's ${kind} starts`);
  return Number(value);
}

/** As the tools of the ecosystem read them: the name, and sections for the rest. */
function withFacts(text, { name, ...facts }) {
  const sections = Object.entries(facts).map(([section, fact]) => `  (@custom ${JSON.stringify(section)} ${JSON.stringify(fact)})\n`);
  return replaced(text, /^\(component\n/, `(component $${name}\n`).replace(/\)\s*$/, `${sections.join("")})\n`);
}

function replaced(text, pattern, replacement) {
  const result = text.replace(pattern, replacement);
  if (result === text) throw new Error(`the component has no ${pattern}`);
  return result;
}
