/** A client of the editor server: Microsoft's library for clients, over streams in this process. */
import { PassThrough } from "node:stream";
import * as assert from "uvu/assert";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { type Invocation, parseArguments } from "../src/cli/parse-arguments.js";
import { serve } from "../src/lsp/serve.js";
import type { MemoryFiles } from "./memory-files.js";
import { memoryHost } from "./memory-host.js";

export interface Client {
  readonly connection: ProtocolConnection;
  /** What `initialize` answered. */
  readonly server: InitializeResult;
  /** Messages that the server has shown. */
  readonly shown: readonly string[];
  /** Waits until it has shown these, and no others. */
  shows(...expected: readonly string[]): Promise<void>;
  /** The exit code, once the client's stream has ended. */
  readonly exitCode: Promise<number>;
  /** Writes bytes that need not be a message. */
  write(bytes: string): void;
  open(name: string, text: string): void;
  /** Replaces a stretch of an open text. */
  change(name: string, version: number, ...changes: readonly ContentChange[]): void;
  save(name: string): void;
  close(name: string): void;
  /** Says that files on the disk have changed. */
  changedOnDisk(...names: readonly string[]): void;
  /** Waits until this is wrong with a file, as `line:character code`. */
  finds(name: string, ...expected: readonly string[]): Promise<void>;
  /** What the server has said last of a file; nothing where it has not said anything. */
  diagnostics(name: string): readonly Diagnostic[];
  end(): void;
}

type ContentChange = readonly [
  from: readonly [line: number, character: number],
  to: readonly [line: number, character: number],
  text: string,
];

export interface Given {
  readonly files: MemoryFiles;
  readonly args?: readonly string[];
  readonly params?: Partial<InitializeParams>;
  /** What the client answers about its settings; else it does not take questions about them. */
  readonly settings?: () => object | null;
}

const folder = "file:///work";

/** Starts a server, and a client of it with the folder `/work`. */
export async function startClient({ files, args = [], params, settings }: Given): Promise<Client> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const host = memoryHost({ files });
  const invocation = parseArguments(["lsp", ...args]) as Invocation;
  const exitCode = serve(invocation, host, { input: toServer, output: toClient });
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const published = new Map<string, PublishDiagnosticsParams>();
  const shown: string[] = [];
  connection.onNotification(
    "textDocument/publishDiagnostics",
    (params: PublishDiagnosticsParams) => {
      published.set(params.uri, params);
    },
  );
  connection.onNotification("window/showMessage", ({ message }: { readonly message: string }) => {
    shown.push(message);
  });
  connection.onRequest("workspace/configuration", () => [settings?.() ?? null]);
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const server: InitializeResult = await connection.sendRequest("initialize", {
    processId: null,
    rootUri: folder,
    capabilities: { workspace: { configuration: settings !== undefined } },
    ...params,
  });
  await connection.sendNotification("initialized", {});
  const notify = (method: string, params: object) =>
    void connection.sendNotification(`textDocument/${method}`, params);
  const diagnostics = (name: string) => published.get(uriOf(name))?.diagnostics ?? [];
  return {
    connection,
    server,
    shown,
    exitCode,
    diagnostics,
    write: (bytes) => void toServer.write(bytes),
    open: (name, text) =>
      notify("didOpen", {
        textDocument: { uri: uriOf(name), languageId: "yaml", version: 1, text },
      }),
    change: (name, version, ...changes) =>
      notify("didChange", {
        textDocument: { uri: uriOf(name), version },
        contentChanges: changes.map(([from, to, text]) => ({
          range: {
            start: { line: from[0], character: from[1] },
            end: { line: to[0], character: to[1] },
          },
          text,
        })),
      }),
    save: (name) => notify("didSave", { textDocument: { uri: uriOf(name) } }),
    close: (name) => notify("didClose", { textDocument: { uri: uriOf(name) } }),
    changedOnDisk: (...names) =>
      void connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: names.map((name) => ({ uri: uriOf(name), type: 2 })),
      }),
    finds: async (name, ...expected) => {
      const found = () =>
        diagnostics(name).map(
          ({ range, code }) => `${range.start.line}:${range.start.character} ${code}`,
        );
      await until(() => found().join() === expected.join());
      assert.equal(found(), expected, name);
    },
    shows: async (...expected) => {
      await until(() => shown.length >= expected.length);
      assert.equal(shown, expected);
    },
    end: () => {
      connection.dispose();
      toServer.end();
    },
  };
}

/** The address of a file, named from `/work`. */
export function uriOf(name: string): string {
  return `${folder}/${name}`;
}

/** Waits, but not for ever; long enough for machines that have much else to do. */
async function until(isSo: () => boolean): Promise<void> {
  for (let looks = 0; looks < 500 && !isSo(); looks++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
