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

/** Where an editor's messages come from, and answers go. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Serves an editor until its messages end; then the exit code is 0 if it has asked to shut down
 * before, else 1. At `exit`, and when the editor's process has ended, the process ends at once.
 */
export function serve(
  invocation: Invocation,
  host: Host,
  { input, output }: Streams,
): Promise<number> {
  const writer = new StreamMessageWriter(output);
  const lifecycle = new Lifecycle(writer);
  const reader = new MessageReader(input, host.decode, (code, message) => {
    void writer.write({ jsonrpc: "2.0", id: null, error: { code, message } } as Message);
  });
  const options: ConnectionOptions = {
    messageStrategy: lifecycle,
    connectionStrategy: { cancelUndispatched: cancelled },
  };
  const connection = createConnection(reader, writer, options);
  new LanguageServer(connection, invocation, host).listen();
  return new Promise((resolve) => {
    reader.onClose(() => resolve(lifecycle.isShutDown ? 0 : 1));
  });
}

/** The answer to a request that is cancelled while it waits. */
function cancelled(message: Message): ResponseMessage | undefined {
  if (!Message.isRequest(message)) {
    return undefined;
  }
  const error = { code: LSPErrorCodes.RequestCancelled, message: "the request was cancelled" };
  return { jsonrpc: "2.0", id: message.id, error };
}
