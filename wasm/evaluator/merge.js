import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "@bytecodealliance/jco";
import binaryen from "binaryen";

/** One module of several, given as text, whose imports from each other are linked. */
export async function merge(modules) {
  const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  const file = (name) => path.join(folder, `${name}.wasm`);
  try {
    for (const [name, text] of Object.entries(modules)) {
      writeFileSync(file(name), await parse(text));
    }
    const tool = path.join(
      path.dirname(createRequire(import.meta.url).resolve("binaryen")),
      "bin/wasm-merge",
    );
    execFileSync(process.execPath, [
      tool,
      ...Object.keys(modules).flatMap((name) => [file(name), name]),
      "--rename-export-conflicts",
      "--all-features",
      "--output",
      file("merged"),
    ]);
    return readFileSync(file("merged"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A module that exports these alone, without what only its other exports need. */
export function withExports(bytes, kept) {
  const module = binaryen.readBinary(bytes);
  const exported = Array.from(
    { length: module.getNumExports() },
    (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name,
  );
  for (const name of exported.filter((name) => !kept.includes(name))) {
    module.removeExport(name);
  }
  module.runPasses(["remove-unused-module-elements", "strip-debug", "strip-producers"]);
  return module.emitBinary();
}
