import { stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Invocation } from "./arguments.js";
import { findPlaces } from "./find-places.js";
import type { Host } from "./host.js";

const milliseconds = 100;

/**
 * Compiles now and after every change of the input, until the user ends it. It
 * looks at the files instead of being told by the system, which works with
 * editors that replace files, with folders that come and go, and on network
 * and container mounts alike. A change counts once it has lasted for two looks,
 * so that half-written files are left alone.
 */
export async function watch(
  invocation: Invocation,
  host: Host,
  compile: () => Promise<number>,
): Promise<number> {
  const interruption = new AbortController();
  void host.interrupted().then(() => interruption.abort());
  let seen = await look(invocation, host);
  let compiled: string | undefined;
  while (!interruption.signal.aborted) {
    if (seen !== compiled) {
      compiled = seen;
      if ((await compile()) !== 0) {
        await host.writeStderr(`inventory2nix: nothing written; waiting for a change\n`);
      }
    }
    let last: string;
    do {
      last = seen;
      await wait(milliseconds, undefined, { signal: interruption.signal }).catch(() => {});
      seen = await look(invocation, host);
    } while (seen !== last && !interruption.signal.aborted);
  }
  return 0;
}

/** A text that changes whenever the input does, or a catalogue of services. */
async function look(invocation: Invocation, host: Host): Promise<string> {
  const { files, machines, problems } = await findPlaces(invocation, host);
  const catalogues = (invocation.flags.get("services") ?? []).map((name) =>
    path.resolve(host.cwd, name),
  );
  const states = await Promise.all(
    [...files.map(({ path }) => path), ...catalogues].map((file) =>
      stat(file).then(
        ({ ino, size, mtimeMs, ctimeMs }) => [file, ino, size, mtimeMs, ctimeMs],
        (error: NodeJS.ErrnoException) => [file, error.code],
      ),
    ),
  );
  return JSON.stringify([states, machines, problems]);
}
