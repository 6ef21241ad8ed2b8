import { code, codeBlock } from "../src/text/markdown.js";
import { readState, type State } from "./state.js";

/** What is wrong with a link, for people. */
export class LinkError extends Error {}

/** UTF-16 units of a hash, and bytes of the state in it: what is sent by link is small. */
const maxHash = 2 ** 21;
const maxState = 2 ** 24;

/**
 * A state as the hash of a link: the version that made it, and the state, compressed. Throws an
 * error for people where it is too large.
 */
export async function toHash(state: State, version: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  if (bytes.length > maxState) {
    throw new LinkError("it holds too much");
  }
  const compressed = await transform(bytes, new CompressionStream("deflate-raw"));
  const hash = `#${version}/${toBase64(compressed)}`;
  if (hash.length > maxHash) {
    throw new LinkError("it holds too much");
  }
  return hash;
}

/** The files and a link, to paste into an issue or a chat. */
export function toMarkdown({ files }: Pick<State, "files">, link: string): string {
  const blocks = files.map(({ name, text }) => {
    const language = name.endsWith(".json") ? "json" : "yaml";
    return `${code(name)}:\n\n${codeBlock(language, withoutLineBreaks(text))}\n`;
  });
  return `${blocks.join("\n")}\n[Open in the playground](${link})\n`;
}

/** Without those at its end. */
function withoutLineBreaks(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") {
    end--;
  }
  return text.slice(0, end);
}

/** A report of a problem with what is shown: to be filled in where it asks. */
export function toReport(
  shown: string,
  findings: readonly string[],
  versions: readonly string[],
): string {
  const found = findings.slice(0, maxFindings).map((finding) => `- ${finding}\n`);
  const rest = findings.length - found.length;
  return [
    "What did you expect, and what happened instead?\n",
    `${versions.join("; ")}\n`,
    found.length === 0 ? "No problems were found.\n" : `What was found:\n\n${found.join("")}`,
    ...(rest > 0 ? [`… and ${rest} more\n`] : []),
    shown,
  ].join("\n");
}

/** More of them tell no more. */
const maxFindings = 20;

export interface Shared {
  readonly state: State;
  readonly version: string;
}

/** What {@link toHash} wrote; `undefined` for an empty hash, a {@link LinkError} for a broken one. */
export async function fromHash(hash: string): Promise<Shared | undefined> {
  if (hash.length <= 1) {
    return undefined;
  }
  if (hash.length > maxHash) {
    throw new LinkError("it is too long");
  }
  const [, version, text] = /^#([^/]+)\/([\w-]+)$/.exec(hash) ?? [];
  if (version === undefined || text === undefined) {
    throw new LinkError("it is not a link of this playground");
  }
  const state = readState(await unpack(text));
  if (state === undefined) {
    throw new LinkError("it holds no inventory");
  }
  return { state, version };
}

async function unpack(text: string): Promise<unknown> {
  try {
    const bytes = await transform(fromBase64(text), new DecompressionStream("deflate-raw"));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    // A broken compression or JSON has words for programmers only.
    throw error instanceof LinkError ? error : new LinkError("it is damaged, perhaps cut off");
  }
}

/** The bytes that come out of a stream; an error if they are more than a state may have. */
async function transform(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > maxState) {
      await reader.cancel();
      throw new LinkError("it holds too much");
    }
    pieces.push(read.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** In the alphabet for URLs, without padding. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
    character.charCodeAt(0),
  );
}
