import { type Connection, MessageType, type PublishDiagnosticsParams } from "./protocol.js";

/** What the server says unasked. A client that does not take it, or is gone, misses it. */
export class Client {
  constructor(private readonly connection: Connection) {}

  publish(params: PublishDiagnosticsParams): void {
    this.notify("textDocument/publishDiagnostics", params);
  }

  showError(message: string): void {
    const params = { type: MessageType.Error, message: `inventory2nix: ${message}` };
    this.notify("window/showMessage", params);
  }

  /** Asks for notifications that a client sends only on demand. */
  register(method: string, registerOptions: object): void {
    const registrations = [{ id: method, method, registerOptions }];
    this.connection.sendRequest("client/registerCapability", { registrations }).catch(ignore);
  }

  /** Its settings of ours; none where it does not answer. */
  async settings(): Promise<unknown> {
    return this.connection.workspace.getConfiguration("inventory2nix").catch(ignore);
  }

  private notify(method: string, params: object): void {
    try {
      this.connection.sendNotification(method, params).catch(ignore);
    } catch {
      // The connection is closed.
    }
  }
}

function ignore(): void {}
