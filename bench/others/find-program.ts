import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import type { Way } from "./ways.js";

type Sought = Pick<Way, "program" | "version" | "recognized">;

export interface Program {
  readonly file: string;
  /** Empty for a program that does not say. */
  readonly version: string;
}

/** The first program on the PATH that is the one of `way`, and not a namesake. */
export function findProgram({ program, version, recognized = /^/ }: Sought): Program | undefined {
  const folders = path.isAbsolute(program)
    ? [""]
    : (process.env["PATH"] ?? "").split(path.delimiter);
  for (const file of folders.map((folder) => path.join(folder, program)).filter(existsSync)) {
    const said = version.length === 0 ? "" : spawnSync(file, version, { encoding: "utf8" }).stdout;
    if (recognized.test(said)) {
      return { file, version: /\d+(?:\.\d+)+/.exec(said)?.[0] ?? "" };
    }
  }
  return undefined;
}
