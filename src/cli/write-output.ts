import type { Buffer } from "node:buffer";
import { rmSync } from "node:fs";
import { open, readFile, readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

/** The file behind a path, links followed, whether or not it exists. */
export async function findTarget(file: string): Promise<string> {
  const found = await absentAsUndefined(stat(file));
  if (found !== undefined) {
    return found.isFile() ? realpath(file) : file;
  }
  // `..` in a link goes up from the folder where the link really is, and is the system's to follow.
  const folder = await realpath(path.dirname(file));
  const link = await readlink(path.join(folder, path.basename(file))).catch(() => undefined);
  if (link !== undefined) {
    return findTarget(path.isAbsolute(link) ? link : `${folder}${path.sep}${link}`);
  }
  return path.join(folder, path.basename(file));
}

/** What stands in the file, or `undefined` where there is none. */
export function readTarget(target: string): Promise<Buffer | undefined> {
  return absentAsUndefined(readFile(target));
}

/**
 * Makes `bytes` the whole content of a file, or leaves the file as it was.
 * Whether it had to be written: a file that holds them already is not touched.
 */
export async function writeTarget(target: string, bytes: Buffer): Promise<boolean> {
  const old = await absentAsUndefined(stat(target));
  if (old !== undefined && !old.isFile()) {
    // A device or a pipe can be written to, but must not be replaced.
    await writeFile(target, bytes);
    return true;
  }
  if (old?.size === bytes.length && (await readFile(target)).equals(bytes)) {
    return false;
  }
  await replace(target, bytes, old?.mode);
  return true;
}

async function replace(target: string, bytes: Buffer, mode: number | undefined): Promise<void> {
  const temporary = path.join(
    path.dirname(target),
    `.inventory2nix-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`,
  );
  const release = removeOnSignal(temporary);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
      if (mode !== undefined) {
        await handle.chmod(mode & 0o7777);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    release();
  }
}

/** Until it is released, a signal that ends the program removes the file first. */
function removeOnSignal(file: string): () => void {
  const end = (signal: NodeJS.Signals) => {
    release();
    rmSync(file, { force: true });
    process.kill(process.pid, signal);
  };
  const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;
  const release = () => signals.forEach((signal) => process.off(signal, end));
  signals.forEach((signal) => process.on(signal, end));
  return release;
}

async function absentAsUndefined<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
