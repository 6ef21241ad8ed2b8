import type { Host } from "../cli/host.js";
import type { Invocation } from "../cli/parse-arguments.js";
import { LanguageServer } from "./language-server.js";
import { Lifecycle } from "./lifecycle.js";
import { MessageReader } from "./message-reader.js";
import {
  type ConnectionOptions,
  createConnection,
  LSPErrorCodes,
  Message,
  type ResponseMessage,
  StreamMessageWriter,
} from "./protocol.js";
import { RequestIds } from "./request-ids.js";

/** Where an editor's messages come from, and answers go. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Serves an editor until its messages end and are answered; then the exit code is 0 if it has asked
 * to shut down before, else 1. At `exit`, and when the editor's process has ended, the process ends
 * at once.
 */
export function serve(
  invocation: Invocation,
  host: Host,
  { input, output }: Streams,
): Promise<number> {
  const ids = new RequestIds();
  const writer = new MessageWriter(output, ids);
  return new Promise((resolve) => {
    const lifecycle: Lifecycle = new Lifecycle(writer, () => end());
    const end = () => resolve(lifecycle.isShutDown ? 0 : 1);
    const reader = new MessageReader(input, host.decode, ids, (code, message, id) => {
      void writer.refuse({ jsonrpc: "2.0", id: id ?? null, error: { code, message } });
    });
    const options: ConnectionOptions = {
      messageStrategy: lifecycle,
      connectionStrategy: { cancelUndispatched: cancelled },
      // An editor that reads no answers gets no more of them, instead of all memory.
      maxParallelism: 1,
    };
    const connection = createConnection(reader, writer, options);
    new LanguageServer(connection, invocation, host).listen();
    // Nobody reads the answers any more, or nobody writes.
    writer.onError(end);
    reader.onError(end);
  });
}

/** Writes messages to a stream, answers with the ids of the editor. */
class MessageWriter extends StreamMessageWriter {
  constructor(
    output: NodeJS.WritableStream,
    private readonly ids: RequestIds,
  ) {
    super(output);
  }

  override write(message: Message): Promise<void> {
    return super.write(this.ids.sent(message));
  }

  /** Writes an answer to what never became a request. */
  async refuse(answer: ResponseMessage): Promise<void> {
    // Whoever is gone needs no answer.
    await super.write(answer).catch(() => {});
  }
}

/** The answer to a request that is cancelled while it waits. */
function cancelled(message: Message): ResponseMessage | undefined {
  if (!Message.isRequest(message)) {
    return undefined;
  }
  const error = { code: LSPErrorCodes.RequestCancelled, message: "the request was cancelled" };
  return { jsonrpc: "2.0", id: message.id, error };
}
