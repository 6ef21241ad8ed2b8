/** The language server that editors use for YAML, spoken to as an editor does. */
import { spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

// What a user of special forms puts under `yaml.customTags`: a tag's name, then the kind of node
// that it precedes.
const customTags = [
  "!path scalar",
  "!fileContents scalar",
  "!ref scalar",
  "!nix scalar",
  "!interpolate scalar",
  "!value scalar",
  "!modulesIn scalar",
  "!concat sequence",
  ...["!mkForce", "!mkDefault", "!mkBefore", "!mkAfter"].flatMap((tag) => [
    `${tag} scalar`,
    `${tag} mapping`,
    `${tag} sequence`,
  ]),
  "!mkOverride sequence",
  "!mkOrder sequence",
];

export interface Editor {
  /** `line: message`, the line being counted without the modeline. */
  diagnostics(text: string): Promise<string[]>;
  /** The labels offered at `‸`, sorted; not the custom tags, which are offered everywhere. */
  completions(text: string): Promise<string[]>;
  /** What is shown for the word at `‸`. */
  hover(text: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts the language server; every document that it is given names this schema. */
export async function startEditor(schema: URL): Promise<Editor> {
  const modeline = `# yaml-language-server: $schema=${schema.href}\n`;
  const server = connect();
  await server.request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: { workspace: { configuration: true } },
  });
  server.notify("initialized", {});
  let documents = 0;

  function open(marked: string) {
    const uri = `file:///inventory-${documents++}.yaml`;
    const before = (modeline + marked.split("‸")[0]!).split("\n");
    server.notify("textDocument/didOpen", {
      textDocument: {
        uri,
        languageId: "yaml",
        version: 1,
        text: modeline + marked.replace("‸", ""),
      },
    });
    return {
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)!.length },
    };
  }

  return {
    async diagnostics(text) {
      const { uri } = open(text).textDocument;
      const { diagnostics } = await server.notification<{ diagnostics: LspDiagnostic[] }>(
        "textDocument/publishDiagnostics",
        (params) => params["uri"] === uri,
      );
      diagnostics.sort((a, b) => a.range.start.line - b.range.start.line);
      return diagnostics.map(({ range, message }) => `${range.start.line}: ${message}`);
    },
    async completions(text) {
      const { items } = await server.request<{ items: { label: string }[] }>(
        "textDocument/completion",
        open(text),
      );
      return items
        .map(({ label }) => label)
        .filter((label) => !label.startsWith("!"))
        .sort();
    },
    async hover(text) {
      const { contents } = await server.request<{ contents: { value: string } }>(
        "textDocument/hover",
        open(text),
      );
      return contents.value;
    },
    async close() {
      await server.request("shutdown", null);
      server.notify("exit", null);
    },
  };
}

interface LspDiagnostic {
  readonly range: { readonly start: { readonly line: number } };
  readonly message: string;
}

type Message = {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
  error?: { message: string };
};

/** As much of the Language Server Protocol as the tests need. */
function connect() {
  const program = fileURLToPath(
    import.meta.resolve("yaml-language-server/bin/yaml-language-server"),
  );
  const child = spawn(process.execPath, [program, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 60_000,
  });
  const waiting: {
    readonly isFor: (message: Message) => boolean;
    readonly settle: (message: Message) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  let ids = 0;
  let received = Buffer.alloc(0);

  child.once("exit", () =>
    waiting.forEach(({ fail }) => fail(new Error("the language server ended"))),
  );
  child.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let message = takeMessage(); message !== undefined; message = takeMessage()) {
      receive(message);
    }
  });

  function takeMessage(): Message | undefined {
    const [header, length] =
      /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/.exec(received.toString("latin1")) ?? [];
    if (header === undefined || received.length < header.length + Number(length)) {
      return undefined;
    }
    const body = received.subarray(header.length, header.length + Number(length));
    received = received.subarray(header.length + Number(length));
    return JSON.parse(body.toString()) as Message;
  }

  function receive(message: Message) {
    if (message.method === "workspace/configuration") {
      const items = message.params!["items"] as { section: string }[];
      send({
        id: message.id!,
        result: items.map(({ section }) =>
          section === "yaml" ? { customTags, schemaStore: { enable: false } } : null,
        ),
      });
    } else if (message.method !== undefined && message.id !== undefined) {
      send({ id: message.id, result: null });
    }
    const index = waiting.findIndex(({ isFor }) => isFor(message));
    if (index >= 0) {
      waiting.splice(index, 1)[0]!.settle(message);
    }
  }

  function send(message: object) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  function wait(isFor: (message: Message) => boolean): Promise<Message> {
    return new Promise((settle, fail) => waiting.push({ isFor, settle, fail }));
  }

  return {
    notify: (method: string, params: unknown) => send({ method, params }),
    async notification<T>(
      method: string,
      isFor: (params: Record<string, unknown>) => boolean,
    ): Promise<T> {
      const { params } = await wait(
        (message) => message.method === method && isFor(message.params!),
      );
      return params as T;
    },
    async request<T>(method: string, params: unknown): Promise<T> {
      const id = ++ids;
      send({ id, method, params });
      const { result, error } = await wait(
        (message) => message.id === id && message.method === undefined,
      );
      if (error !== undefined) {
        throw new Error(error.message);
      }
      return result as T;
    },
  };
}
