import { readState, type State } from "./state.js";

/** A state as the hash of a link: the version that made it, and the state, compressed. */
export async function toHash(state: State, version: string): Promise<string> {
  const compressed = await transform(
    new TextEncoder().encode(JSON.stringify(state)),
    new CompressionStream("deflate-raw"),
  );
  return `#${version}/${toBase64(compressed)}`;
}

export interface Shared {
  readonly state: State;
  readonly version: string;
}

/** What {@link toHash} wrote; `undefined` for an empty hash, an exception for a broken one. */
export async function fromHash(hash: string): Promise<Shared | undefined> {
  if (hash.length <= 1) {
    return undefined;
  }
  const [, version, text] = /^#([^/]+)\/([\w-]+)$/.exec(hash) ?? [];
  if (version === undefined || text === undefined) {
    throw new Error("it is not a link of this playground");
  }
  const json = new TextDecoder().decode(
    await transform(fromBase64(text), new DecompressionStream("deflate-raw")),
  );
  const state = readState(JSON.parse(json));
  if (state === undefined) {
    throw new Error("it holds no inventory");
  }
  return { state, version };
}

async function transform(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer(),
  );
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
