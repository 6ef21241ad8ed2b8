import type { Finding } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import { completeOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import { closing, readAll } from "./bytes.js";
import { decodeSource } from "./decode-source.js";
import type { Place } from "./find-places.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { attempt } from "./system-error.js";

/**
 * Reads files as sources of `format`, if given; `findings` are about bytes that are not text,
 * `unread` says what could not be read.
 */
export function readSources(
  places: readonly Place[],
  format: SourceFormat | undefined,
  host: Host,
): { sources: Source[]; findings: Finding[]; unread: string[] } {
  const sources: Source[] = [];
  const findings: Finding[] = [];
  const unread: string[] = [];
  for (const place of places) {
    const read = attempt(
      () => readBytes(place, host),
      ({ message }) => void unread.push(`${place.name}: ${message}`),
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

function readBytes({ path, isStdin }: Place, { files, stdin }: Host) {
  if (isStdin) {
    return readAll(stdin, maxBytes);
  }
  const file = files.open(path);
  return closing(file, () => readAll(file, maxBytes));
}
