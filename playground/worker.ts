/** The compiler in a thread of its own: answers one {@link Request} after the other. */
import { loadEngine } from "./component-engine.js";
import type { Reply, Request } from "./protocol.js";

const engine = loadEngine();

addEventListener(
  "message",
  ({ data }: MessageEvent<Request>) => void reply(data).then((message) => postMessage(message)),
);

async function reply({ id, method, args }: Request): Promise<Reply> {
  try {
    const call = (await engine)[method] as (...args: readonly unknown[]) => unknown;
    const start = performance.now();
    const answer = call(...args);
    return { id, answer, milliseconds: performance.now() - start };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
