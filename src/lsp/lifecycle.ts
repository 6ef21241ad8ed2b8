import { invalidParams } from "./check-params.js";
import { endOfStream } from "./message-reader.js";
import { ErrorCodes, Message, type MessageStrategy, type MessageWriter } from "./protocol.js";

/** Lets through only what the protocol allows before `initialize` and after `shutdown`. */
export class Lifecycle implements MessageStrategy {
  private phase: "start" | "running" | "shutdown" = "start";

  constructor(
    private readonly writer: MessageWriter,
    private readonly end: () => void,
  ) {}

  get isShutDown(): boolean {
    return this.phase === "shutdown";
  }

  handleMessage(message: Message, next: (message: Message) => void | Promise<void>) {
    if (message === endOfStream) {
      return this.end();
    }
    if (Message.isRequest(message)) {
      const error = this.errorFor(message.method, message.params);
      if (error !== undefined) {
        return this.writer.write({ jsonrpc: "2.0", id: message.id, error } as Message);
      }
      if (message.method === "initialize") this.phase = "running";
      if (message.method === "shutdown") this.phase = "shutdown";
    } else if (Message.isNotification(message) && !this.isExpected(message.method)) {
      return undefined;
    }
    return next(message);
  }

  private errorFor(method: string, params: unknown): { code: number; message: string } | undefined {
    if (this.phase === "shutdown") {
      return { code: ErrorCodes.InvalidRequest, message: "the server is shut down" };
    }
    if (this.phase === "start") {
      return method === "initialize"
        ? invalidParams(params, ["capabilities", "rootUri", "workspaceFolders"])?.toJson()
        : { code: ErrorCodes.ServerNotInitialized, message: "the first request is 'initialize'" };
    }
    return method === "initialize"
      ? { code: ErrorCodes.InvalidRequest, message: "the server is initialized" }
      : undefined;
  }

  private isExpected(method: string): boolean {
    return this.phase === "running" || method === "exit";
  }
}
