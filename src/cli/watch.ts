import { stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Invocation } from "./arguments.js";
import type { Host } from "./host.js";
import { findPlaces } from "./places.js";

const milliseconds = 100;

/**
 * Compiles now and after every change of the input, until the user ends it. It
 * looks at the files instead of being told by the system, which works with
 * editors that replace files, with folders that come and go, and on network
 * and container mounts alike. A change counts once it has lasted for two looks,
 * so that half-written files are left alone.
 */
export async function watch(invocation: Invocation, host: Host, compile: () => Promise<number>): Promise<number> {
  const interruption = new AbortController();
  void host.interrupted().then(() => interruption.abort());
  let seen = await look(invocation, host);
  let compiled: string | undefined;
  while (!interruption.signal.aborted) {
    if (seen !== compiled) {
      compiled = seen;
      if ((await compile()) !== 0) await host.writeStderr(`inventory2nix: nothing written; waiting for a change\n`);
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

/** A text that changes whenever the input does. */
async function look(invocation: Invocation, host: Host): Promise<string> {
  const { files, machines, problems } = await findPlaces(invocation, host);
  const states = await Promise.all(
    files.map(({ path }) =>
      stat(path).then(
        ({ ino, size, mtimeMs, ctimeMs }) => [path, ino, size, mtimeMs, ctimeMs],
        (error: NodeJS.ErrnoException) => [path, error.code],
      ),
    ),
  );
  return JSON.stringify([states, machines, problems]);
}
