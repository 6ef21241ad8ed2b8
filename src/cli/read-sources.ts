import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import type { Finding } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import { completeOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import { decode } from "./decode.js";
import { reason } from "./fail.js";
import { type Place, slashed } from "./find-places.js";
import type { Host } from "./host.js";

/**
 * Reads files as sources of `format`, if given; `findings` are about bytes that are no text,
 * `unread` says what could not be read.
 */
export async function readSources(
  files: readonly Place[],
  format: SourceFormat | undefined,
  host: Host,
): Promise<{ sources: Source[]; findings: Finding[]; unread: string[] }> {
  const sources: Source[] = [];
  const findings: Finding[] = [];
  const unread: string[] = [];
  for (const { name, path, isStdin } of files) {
    try {
      const { bytes, isWhole } = await readBytes(isStdin ? host.stdin() : createReadStream(path));
      const { source, finding } = decode(bytes, { name, path: slashed(path), format });
      if (!isWhole) {
        findings.push(limitExceeded({ source, start: 0, end: 0 }, "size", maxSize));
      } else if (finding !== undefined) {
        findings.push(finding);
      }
      sources.push(source);
    } catch (error) {
      unread.push(`${name}: ${reason(error)}`);
    }
  }
  return { sources, findings, unread };
}

const maxSize = completeOptions({}).limits.size;

/**
 * No UTF-16 unit takes more bytes than three, so that a text beyond them is beyond the limit
 * anyway.
 */
const maxBytes = 3 * maxSize;

/** The bytes of a stream; of one beyond the limit its start alone, which is enough to say so. */
async function readBytes(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) {
      return { bytes: Buffer.from(chunks[0]!), isWhole: false };
    }
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
