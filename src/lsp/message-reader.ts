import { Frames } from "./frames.js";
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  Message,
} from "./protocol.js";
import type { RequestIds } from "./request-ids.js";

/** Answers bytes that are no message; `id` is that of the request, where it can be known. */
export type RefuseMessage = (code: number, why: string, id?: number | string) => void;

/** The end of the stream, which is handled behind all messages before it. */
export const endOfStream = { jsonrpc: "2.0", method: "$/endOfStream" };

/** Reads messages from a stream; what is not one is refused, and the next one read. */
export class MessageReader extends AbstractMessageReader {
  constructor(
    private readonly input: NodeJS.ReadableStream,
    private readonly decode: (bytes: Uint8Array) => string,
    private readonly ids: RequestIds,
    private readonly refuse: RefuseMessage,
  ) {
    super();
  }

  listen(receive: DataCallback): Disposable {
    const frames = new Frames(this.decode, () =>
      this.refuse(ErrorCodes.ParseError, "a header needs a Content-Length"),
    );
    const onData = (bytes: Uint8Array) => {
      for (const body of frames.add(bytes)) {
        const message = this.parse(body);
        if (message !== undefined) receive(message);
      }
    };
    const onEnd = () => receive(endOfStream);
    const onError = (error: Error) => this.fireError(error);
    this.input.on("data", onData).on("end", onEnd).on("error", onError);
    return {
      dispose: () => this.input.off("data", onData).off("end", onEnd).off("error", onError),
    };
  }

  private parse(body: Uint8Array): Message | undefined {
    let value: unknown;
    try {
      value = JSON.parse(this.decode(body));
    } catch {
      this.refuse(ErrorCodes.ParseError, "the message is not JSON");
      return undefined;
    }
    if (!isMessage(value)) {
      const { id, method } = (value ?? {}) as { readonly id?: unknown; readonly method?: unknown };
      const known = method !== undefined && isId(id) ? id : undefined;
      this.refuse(ErrorCodes.InvalidRequest, "not a request, a notification or a response", known);
      return undefined;
    }
    // Some write null for params that they leave out, for which the protocol has no answer.
    const message = "params" in value && value.params === null ? without(value) : value;
    // An answer to what we refused asks for nothing.
    return "id" in message && message.id === null ? undefined : this.ids.received(message);
  }
}

function without({ params: _, ...message }: Message & { readonly params: unknown }): Message {
  return message;
}

function isMessage(value: unknown): value is Message {
  const message = value as Message | undefined;
  return (
    (Message.isRequest(message) && isId(message.id)) ||
    Message.isNotification(message) ||
    (Message.isResponse(message) && !("method" in message))
  );
}

/** Larger numbers are read as others, so an answer would go to another request. */
function isId(id: unknown): id is number | string {
  return (
    typeof id === "string" || (typeof id === "number" && Math.abs(id) <= Number.MAX_SAFE_INTEGER)
  );
}
