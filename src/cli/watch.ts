import { findFlakeLock } from "./find-clan-core.js";
import { findInventory } from "./find-inventory.js";
import { findPlaces } from "./find-places.js";
import type { Host } from "./host.js";
import { namedFiles } from "./named-files.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { attempt } from "./system-error.js";
import { writeMessage } from "./write-text.js";

/** From one look at the files to the next, in milliseconds. */
const interval = 100;

/**
 * Compiles now, after every change of the input, and when the output is gone, until the user ends it.
 * It looks at the files instead of being told by the system, which works with editors that replace
 * files, with folders that come and go, and on network and container mounts alike. A change counts
 * once it has lasted for two looks, so that half-written files are left alone.
 */
export async function watch(
  invocation: Invocation,
  host: Host,
  poll: NonNullable<Host["poll"]>,
  compile: () => number,
): Promise<number> {
  let compiled: string | undefined;
  let hadOutput = false;
  let last = inputState(invocation, host);
  await poll(interval, () => {
    const now = inputState(invocation, host);
    const isLost = hadOutput && !hasOutput(invocation, host);
    if (now === last && (now !== compiled || isLost)) {
      compiled = now;
      if (compile() !== 0 && !invocation.flags.has("quiet")) {
        writeMessage("inventory2nix: nothing written; waiting for a change\n", host);
      }
      hadOutput = hasOutput(invocation, host);
    }
    last = now;
  });
  return 0;
}

/** A text that changes whenever the input does, or a file that says how to read it. */
function inputState(invocation: Invocation, host: Host): string {
  const { cwd, paths } = host;
  const names = findInventory(invocation, host) ?? [];
  const { files, inventoryJson, machines, problems } = findPlaces(names, invocation, host);
  const read = [...files, ...(inventoryJson === undefined ? [] : [inventoryJson])];
  const given = namedFiles(invocation).map((name) => paths.resolve(cwd, name));
  const lock = findFlakeLock(files[0] === undefined ? cwd : paths.dirname(files[0].path), host);
  const watched = [
    ...read.map(({ path }) => path),
    ...given,
    ...(lock === undefined ? [] : [lock]),
  ];
  const revisions = watched.map((file) => [
    file,
    attempt(
      () => host.files.stat(file).revision,
      ({ code }) => code,
    ),
  ]);
  return JSON.stringify([revisions, machines, problems]);
}

function hasOutput(invocation: Invocation, { cwd, files, paths }: Host): boolean {
  return attempt(
    () => files.stat(paths.resolve(cwd, valueOf(invocation, "output")!)) !== undefined,
    () => false,
  );
}
