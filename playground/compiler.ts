import type { Engine } from "./engine.js";
import type { Reply, Request } from "./protocol.js";

export interface Timed<T> {
  readonly answer: T;
  /** The compiler's own time. */
  readonly milliseconds: number;
}

/** No inventory that a person edits takes this long: it must be a runaway. */
const patience = 60_000;

/**
 * The page's side of the worker: each question is a promise. A worker that
 * fails or does not answer is ended, and the next question starts a new one.
 */
export class Compiler {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private lastId = 0;

  async ask<Method extends keyof Engine>(
    method: Method,
    ...args: Parameters<Engine[Method]>
  ): Promise<Timed<ReturnType<Engine[Method]>>> {
    const reply = await this.send({ id: ++this.lastId, method, args } as Request);
    if ("failure" in reply) {
      throw new Error(reply.failure);
    }
    return reply as unknown as Timed<ReturnType<Engine[Method]>>;
  }

  private send(request: Request): Promise<Reply> {
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.end(`no answer within ${patience / 1000} seconds`),
        patience,
      );
      this.waiting.set(request.id, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      worker.postMessage(request);
    });
  }

  private start(): Worker {
    const worker = new Worker("worker.js", { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
      // An instance that threw may be in a broken state: continue with a fresh one.
      if ("failure" in data) {
        this.end(data.failure);
      }
    });
    worker.addEventListener("error", ({ message }) =>
      this.end(message || "the compiler could not be loaded"),
    );
    return worker;
  }

  private end(failure: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const [id, resolve] of this.waiting) {
      resolve({ id, failure });
    }
    this.waiting.clear();
  }
}
