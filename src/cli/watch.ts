import { findPlaces } from "./find-places.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { attempt } from "./system-error.js";
import { writeMessage } from "./write-text.js";

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
  poll: NonNullable<Host["poll"]>,
  compile: () => number,
): Promise<number> {
  let compiled: string | undefined;
  let last = inputState(invocation, host);
  await poll(milliseconds, () => {
    const now = inputState(invocation, host);
    if (now === last && now !== compiled) {
      compiled = now;
      if (compile() !== 0) {
        writeMessage("inventory2nix: nothing written; waiting for a change\n", host);
      }
    }
    last = now;
  });
  return 0;
}

/** A text that changes whenever the input does, or a catalogue of services. */
function inputState(invocation: Invocation, host: Host): string {
  const { files, machines, problems } = findPlaces(invocation, host);
  const catalogues = (invocation.flags.get("services") ?? []).map((name) =>
    host.paths.resolve(host.cwd, name),
  );
  const revisions = [...files.map(({ path }) => path), ...catalogues].map((file) => [
    file,
    attempt(
      () => host.files.stat(file).revision,
      ({ code }) => code,
    ),
  ]);
  return JSON.stringify([revisions, machines, problems]);
}
