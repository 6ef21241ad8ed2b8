import type { Engine } from "./engine.js";
import { fetchAhead } from "./load.js";
import type { MethodOf, Reply, Request } from "./protocol.js";

/** Why a worker that could not be loaded gives no answer. */
export const notLoaded = "it could not be loaded";

/** After this many milliseconds without an answer the page says so. */
const patience = 4_000;

/** What is told of a compiler that does not answer. */
export interface CompilerEvents {
  /** It is still at work, or dead: `restart` ends it. */
  silent(restart: () => void): void;
  /** It answers again. */
  back(): void;
}

type Call<Method> = Method extends (...args: infer Args) => infer Result
  ? (...args: Args) => Result
  : never;

/**
 * The page's side of a worker: each question is a promise. A worker that fails is ended, and the
 * next question starts a new one.
 */
export class Compiler<Asked = Engine> {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private lastId = 0;
  private isSilent = false;
  private loaded = Promise.resolve();

  constructor(
    private readonly script: string,
    private readonly events: CompilerEvents,
  ) {}

  /** Fetches these files of the worker ahead, for which questions wait, and tells how far that is. */
  load(files: readonly string[], tell: (share: number) => void): Promise<void> {
    this.loaded = fetchAhead(files, tell);
    return this.loaded;
  }

  async ask<Method extends MethodOf<Asked>>(
    method: Method,
    ...args: Parameters<Call<Asked[Method]>>
  ): Promise<Awaited<ReturnType<Call<Asked[Method]>>>> {
    const reply = await this.send({ id: ++this.lastId, method, args });
    if ("failure" in reply) {
      throw new Error(reply.failure);
    }
    return reply.answer as Awaited<ReturnType<Call<Asked[Method]>>>;
  }

  private async send(request: Request): Promise<Reply> {
    await this.loaded;
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.complain(), patience);
      this.waiting.set(request.id, (reply) => {
        clearTimeout(timer);
        resolve(reply);
        if (this.isSilent && this.waiting.size === 0) {
          this.isSilent = false;
          this.events.back();
        }
      });
      worker.postMessage(request);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.script, { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const resolve = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      resolve?.(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.end(event.message || notLoaded);
    });
    return worker;
  }

  private complain(): void {
    this.isSilent = true;
    this.events.silent(() => this.end("it was ended"));
  }

  private end(failure: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const [id, resolve] of waiting) {
      resolve({ id, failure });
    }
  }
}
