import { Frames } from "./frames.js";
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  Message,
} from "./protocol.js";

/** Answers bytes that are no message, which has no id that can be known. */
export type RefuseMessage = (code: number, why: string) => void;

/** Reads messages from a stream; what is not one is refused, and the next one read. */
export class MessageReader extends AbstractMessageReader {
  constructor(
    private readonly input: NodeJS.ReadableStream,
    private readonly decode: (bytes: Uint8Array) => string,
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
        if (message !== undefined && !cancelsNothing(message)) receive(message);
      }
    };
    const onEnd = () => this.fireClose();
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
      this.refuse(ErrorCodes.InvalidRequest, "not a request, a notification or a response");
      return undefined;
    }
    return value;
  }
}

function isMessage(value: unknown): value is Message {
  const message = value as Message | undefined;
  return (
    Message.isRequest(message) || Message.isNotification(message) || Message.isResponse(message)
  );
}

/** A cancellation of no request, at which the package that speaks the protocol would throw. */
function cancelsNothing(message: Message): boolean {
  if (!Message.isNotification(message) || message.method !== "$/cancelRequest") {
    return false;
  }
  const { id } = (message.params ?? {}) as { readonly id?: unknown };
  return typeof id !== "string" && typeof id !== "number";
}
