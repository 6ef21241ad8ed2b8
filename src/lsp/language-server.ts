import type { Host } from "../cli/host.js";
import { toSlashes } from "../cli/host-paths.js";
import type { Invocation } from "../cli/parse-arguments.js";
import { version } from "../generated/package.js";
import type { Source } from "../model/source.js";
import { answerQuestions, type Found, questionCapabilities } from "./answer-questions.js";
import { Client } from "./client.js";
import { editText } from "./edit-text.js";
import { Places } from "./places.js";
import type { PositionEncoding } from "./positions.js";
import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocument,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFoldersChangeEvent,
} from "./protocol.js";
import { Publisher } from "./publisher.js";
import { withSettings } from "./settings.js";
import { pathOfUri } from "./uris.js";
import { Workspace } from "./workspace.js";

/** Answers an editor about the inventories in its workspace. */
export class LanguageServer {
  private readonly documents: TextDocuments<TextDocument>;
  /** The addresses of the open documents, by their paths with `/`. */
  private readonly uris = new Map<string, string>();
  private readonly workspace: Workspace;
  private readonly client: Client;
  private readonly publisher: Publisher;
  private capabilities: InitializeParams["capabilities"] = {};
  private encoding: PositionEncoding = "utf-16";
  private initialSettings: unknown;
  /** What the editor was told last of its settings, if that is still so. */
  private wrongSetting: string | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly invocation: Invocation,
    private readonly host: Host,
  ) {
    this.documents = new TextDocuments({
      // A document that comes without its text is empty.
      create: (uri, language, version, text: unknown) =>
        TextDocument.create(uri, language, version, typeof text === "string" ? text : ""),
      update: (document, changes, version) => {
        const { uri, languageId } = document;
        const text = editText(document.getText(), changes, this.encoding);
        return TextDocument.create(uri, languageId, version, text);
      },
    });
    this.workspace = new Workspace(host, invocation);
    this.client = new Client(connection);
    this.publisher = new Publisher(this.client, this.workspace, (sources) =>
      this.placesIn(sources),
    );
  }

  listen(): void {
    const { connection, documents } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => this.initialized());
    documents.onDidOpen(({ document }) => this.opened(document));
    documents.onDidChangeContent(({ document }) => this.changed(document));
    documents.onDidClose(({ document }) => this.closed(document));
    documents.onDidSave(() => this.refresh());
    documents.listen(connection);
    connection.onDidChangeWatchedFiles(() => this.refresh());
    connection.onDidChangeConfiguration(({ settings }) => this.configure(settings?.inventory2nix));
    answerQuestions(
      connection,
      (uri) => this.find(uri),
      () => this.capabilities,
    );
    connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    const { capabilities, initializationOptions, workspaceFolders, rootUri } = params;
    this.capabilities = capabilities;
    this.encoding =
      listOf(capabilities.general?.positionEncodings).find(isPositionEncoding) ?? this.encoding;
    this.initialSettings = initializationOptions;
    this.setOptions({});
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri == null ? [] : [rootUri]);
    this.workspace.setFolders(this.pathsOf(uris));
    return {
      serverInfo: { name: "inventory2nix", version },
      capabilities: {
        positionEncoding: this.encoding,
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: true,
        },
        ...questionCapabilities,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private initialized(): void {
    const { connection } = this;
    const { workspace } = this.capabilities;
    if (workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders((event) => this.changeFolders(event));
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
      this.client.register("workspace/didChangeWatchedFiles", { watchers });
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      this.client.register("workspace/didChangeConfiguration", { section: "inventory2nix" });
    }
    this.configure({});
  }

  /** Takes the settings that the editor sends, or asks it for them. */
  private configure(sent: unknown): void {
    const take = (settings: unknown) => {
      this.setOptions(settings);
      this.publisher.schedule();
    };
    if (this.capabilities.workspace?.configuration !== true) {
      take(sent);
      return;
    }
    // Not awaited: an editor that never answers is told what is wrong, too.
    void this.client.settings().then(take);
    this.publisher.schedule(patience);
  }

  /** Settings add to those that the editor started the server with, or replace them by name. */
  private setOptions(settings: unknown): void {
    const invocation = withSettings(this.invocation, this.initialSettings, settings);
    const mistake = "mistake" in invocation ? invocation.mistake : undefined;
    if (mistake !== undefined && mistake !== this.wrongSetting) {
      this.client.showError(mistake);
    }
    this.wrongSetting = mistake;
    if (!("mistake" in invocation)) {
      this.workspace.setOptions(invocation);
    }
  }

  private changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(this.pathsOf(removed.map(({ uri }) => uri)));
    const left = this.workspace.folders.filter((folder) => !gone.has(folder));
    this.workspace.setFolders([...left, ...this.pathsOf(added.map(({ uri }) => uri))]);
    this.publisher.schedule();
  }

  private opened(document: TextDocument): void {
    const path = this.pathOf(document.uri);
    if (path !== undefined) {
      this.uris.set(toSlashes(path, this.host.paths), document.uri);
      this.workspace.openFile(path, document.getText(), document.version);
    }
  }

  private changed(document: TextDocument): void {
    const path = this.pathOf(document.uri);
    if (path !== undefined) {
      this.workspace.changeFile(path, document.getText(), document.version);
      this.publisher.schedule();
    }
  }

  private closed({ uri }: TextDocument): void {
    const path = this.pathOf(uri);
    if (path !== undefined) {
      this.uris.delete(toSlashes(path, this.host.paths));
      this.workspace.closeFile(path);
      this.publisher.schedule();
    }
  }

  private refresh(): void {
    this.workspace.refresh();
    this.publisher.schedule();
  }

  private find(uri: string): Found | undefined {
    const path = this.pathOf(uri);
    const found = path === undefined ? undefined : this.workspace.find(path);
    const analysis = found?.project.analysis;
    return (
      found &&
      analysis && { ...found, analysis, places: this.placesIn([...analysis.documents.keys()]) }
    );
  }

  private placesIn(sources: readonly Source[]): Places {
    const { host, encoding, documents, uris } = this;
    return new Places(sources, {
      host,
      encoding,
      knowsVersions: this.capabilities.workspace?.workspaceEdit?.documentChanges === true,
      documentAt: (path) => documents.get(uris.get(path) ?? ""),
    });
  }

  private pathsOf(uris: readonly string[]): readonly string[] {
    return uris.map((uri) => this.pathOf(uri)).filter((path) => path !== undefined);
  }

  /** Without `.` and `..`, and without a slash at its end. */
  private pathOf(uri: string): string | undefined {
    const { cwd, paths } = this.host;
    const path = pathOfUri(uri, paths);
    return path === undefined ? undefined : paths.resolve(cwd, path);
  }
}

/** Besides the texts, what says where inventories and machines are. */
const watchedFiles = ["**/*.{yaml,yml,json}", "**/flake.{nix,lock}", "**/machines/*"];

/** In milliseconds: how long an editor may take to send its settings before it is told anything. */
const patience = 2000;

/** The capabilities of an editor may have any shape. */
function listOf<T>(value: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

function isPositionEncoding(word: string): word is PositionEncoding {
  return word === "utf-8" || word === "utf-16";
}
