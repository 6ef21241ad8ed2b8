/** The names of what an engine can be asked. */
export type MethodOf<Engine> = {
  [Name in keyof Engine]: Engine[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Engine] &
  string;

/** The one kind of message to a worker: call the engine's method with these arguments. */
export interface Request {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** The one kind of message back: what the engine returned, or what it threw. */
export type Reply = { readonly id: number } & (
  | { readonly answer: unknown }
  | { readonly failure: string }
);

/** The worker's side: answers each {@link Request} as it comes. */
export function answerRequests(engine: object): void {
  const methods = engine as { [method: string]: (...args: readonly unknown[]) => unknown };
  const reply = async ({ id, method, args }: Request): Promise<Reply> => {
    try {
      return { id, answer: await methods[method]!(...args) };
    } catch (error) {
      return { id, failure: error instanceof Error ? error.message : String(error) };
    }
  };
  addEventListener(
    "message",
    ({ data }: MessageEvent<Request>) => void reply(data).then((answer) => postMessage(answer)),
  );
}
