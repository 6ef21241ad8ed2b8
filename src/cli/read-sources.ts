import type { Finding } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import { completeOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import { closing, readAll } from "./bytes.js";
import { decodeSource } from "./decode-source.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import type { Place } from "./place.js";
import { attempt } from "./system-error.js";
import type { Unreadable } from "./unreadable.js";
import { writeMessage } from "./write-text.js";

/** Reads files as sources of `format`, if given; `findings` are about bytes that are not text. */
export function readSources(
  places: readonly Place[],
  format: SourceFormat | undefined,
  host: Host,
): { sources: Source[]; findings: Finding[]; unread: Unreadable[] } {
  const sources: Source[] = [];
  const findings: Finding[] = [];
  const unread: Unreadable[] = [];
  for (const place of places) {
    const read = attempt(
      () => readBytes(place, host),
      ({ message }) => void unread.push({ ...place, why: message }),
    );
    if (read === undefined) {
      continue;
    }
    const path = toSlashes(place.path, host.paths);
    const { source, finding } = decodeSource(read.bytes, { name: place.name, path, format }, host);
    if (!read.isWhole) {
      findings.push(limitExceeded({ source, start: 0, end: 0 }, "size", maxSize));
    } else if (finding !== undefined) {
      findings.push(finding);
    }
    sources.push(source);
  }
  return { sources, findings, unread };
}

const maxSize = completeOptions({}).limits.size;

/** A UTF-16 unit takes at most three bytes: a text of more than these is beyond the limit. */
const maxBytes = 3 * maxSize;

function readBytes({ path, isStdin }: Place, host: Host) {
  if (isStdin) {
    if (host.stdinKind() === "terminal") {
      writeMessage("inventory2nix: reading from the terminal until Ctrl-D\n", host);
    }
    return readAll(host.stdin, maxBytes);
  }
  const file = host.files.open(path);
  return closing(file, () => readAll(file, maxBytes));
}
