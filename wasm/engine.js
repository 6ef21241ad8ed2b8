import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parse, print } from "@bytecodealliance/jco";

/**
 * The QuickJS that componentize-qjs brings, blind to clock and randomness. It
 * reads seeds and the time when it starts, which is at build time: keeping them
 * would make every build different. Nothing is lost later, because the compiler
 * asks for neither.
 */
export async function engine({ isSmall = false } = {}) {
  const text = await print(synchronousEngine(readFileSync(binding()), { isSmall }));
  const blinded = [
    ["wasi:random/insecure-seed", "insecure-seed", "drop"],
    ["wasi:clocks/wall-clock", "now", "drop"],
    ["wasi:clocks/monotonic-clock", "now", "i64.const 0"],
  ].reduce(withoutCalls, text);
  return Buffer.from(await parse(inLargeSteps(blinded)));
}

/**
 * The allocator (dlmalloc) asks for memory in steps of 64 KiB. V8 may collect garbage after each, so
 * that half a gigabyte takes half a minute: this makes the steps a megabyte.
 */
function inLargeSteps(text) {
  // Two fields of its parameters, stored at once: the size of a page, and that of a step above it.
  const parameters = ({ page, step }) => `i64.const ${(BigInt(step) << 32n) | BigInt(page)}\n`;
  const small = parameters({ page: 2 ** 16, step: 2 ** 16 });
  if (!text.includes(small)) {
    throw new Error("the engine's allocator has other parameters");
  }
  return text.replaceAll(small, parameters({ page: 2 ** 16, step: 2 ** 20 }));
}

/**
 * An import that fills in a place in memory, or gives a number, becomes an instruction that leaves
 * the place, or gives 0.
 */
function withoutCalls(text, [module, name, instead]) {
  const imported = new RegExp(`\\(import "${module}@[^"]*" "${name}" \\(func \\(;(\\d+);\\)`).exec(
    text,
  );
  if (imported === null) {
    throw new Error(`the engine imports no ${module}#${name}`);
  }
  const call = new RegExp(`^( *)call ${imported[1]}$`, "gm");
  if (!call.test(text)) {
    throw new Error(`the engine never calls ${module}#${name}`);
  }
  return text.replace(call, `$1${instead}`);
}

/**
 * The native module of this platform contains several engines. Of the two without async, the one
 * that was optimized for speed takes 0.6 times the time of the one for size, and 5 % more of a
 * visitor's download. A host that compiles the engine on every start wants the small one.
 */
function synchronousEngine(binding, { isSmall }) {
  const engines = modules(binding)
    .filter(
      (bytes) => bytes.includes("local:init/module-loader") && !bytes.includes("[task-cancel]"),
    )
    .sort((a, b) => a.length - b.length);
  if (engines.length !== 2) {
    throw new Error("componentize-qjs does not hold two engines without async");
  }
  return engines[isSmall ? 0 : 1];
}

/** The WebAssembly modules inside a file. */
function modules(file) {
  const magic = Buffer.from("\0asm\x01\0\0\0", "latin1");
  const found = [];
  for (let start = file.indexOf(magic); start >= 0; start = file.indexOf(magic, start + 1)) {
    found.push(file.subarray(start, moduleEnd(file, start + magic.length)));
  }
  return found;
}

/** Sections follow each other until something else comes. */
function moduleEnd(file, at) {
  for (;;) {
    const [size, content] = readSize(file, at + 1);
    const isSection =
      file[at] <= 13 &&
      size > 0 &&
      content + size <= file.length &&
      file.readUInt32BE(at) !== 0x0061736d;
    if (!isSection) {
      return at;
    }
    at = content + size;
  }
}

/** An unsigned LEB128 number, and the offset after it. */
function readSize(file, at) {
  let size = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = file[at++];
    size += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80 || shift > 28) {
      return [size, at];
    }
  }
}

function binding() {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve("componentize-qjs"));
  const { platform, arch } = process;
  const libc =
    platform === "linux"
      ? process.report.getReport().header.glibcVersionRuntime
        ? "-gnu"
        : "-musl"
      : platform === "win32"
        ? "-msvc"
        : "";
  const folder = path.dirname(
    resolve(`@andreiltd/componentize-qjs-binding-${platform}-${arch}${libc}/package.json`),
  );
  return path.join(folder, `componentize-qjs.${platform}-${arch}${libc}.node`);
}
