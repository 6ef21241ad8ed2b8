/** What the editor server makes of messages that no good client sends. */
import { PassThrough } from "node:stream";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Invocation } from "../src/cli/parse-arguments.js";
import { parseArguments } from "../src/cli/parse-arguments.js";
import { Frames } from "../src/lsp/frames.js";
import { serve } from "../src/lsp/serve.js";
import { filesWith } from "./host.js";
import { uriOf } from "./lsp-client.js";
import { memoryHost } from "./memory-host.js";

interface Answer {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

const text =
  "machines: { laptop: }\ninstances: { sshd: { roles: { server: { machines: [lapto] } } } }\n";
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The number of a request whose answer comes behind all others. */
const last = 1000;

/** Speaks to a server in bytes. */
function startRaw({ isRead = true } = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  const host = memoryHost({ files: filesWith({ "flake.nix": "", "inventory.yaml": text }) });
  const exitCode = serve(parseArguments(["lsp"]) as Invocation, host, { input, output });
  const answers: Answer[] = [];
  const frames = new Frames(decode, () => assert.unreachable());
  const take = (bytes: Uint8Array) => {
    for (const body of frames.add(bytes)) answers.push(JSON.parse(decode(body)));
  };
  if (isRead) output.on("data", take);
  return {
    input,
    output,
    /** What has come back since the last write. */
    answers: answers as readonly Answer[],
    exitCode,
    /** What comes back for these bytes, without notifications. */
    async write(...written: readonly string[]): Promise<readonly Answer[]> {
      answers.length = 0;
      input.write([...written, request(last, "unknown")].join(""));
      while (answers.at(-1)?.id !== last) {
        await new Promise((resolve) => output.once("data", resolve));
      }
      return answers.filter(({ id, method }) => method === undefined && id !== last);
    },
  };
}

function frame(content: unknown): string {
  const body = typeof content === "string" ? content : JSON.stringify(content);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function request(id: number, method: string, params?: unknown): string {
  return frame({ jsonrpc: "2.0", id, method, params });
}

function notification(method: string, params: unknown): string {
  return frame({ jsonrpc: "2.0", method, params });
}

const initialize = request(0, "initialize", {
  processId: null,
  rootUri: "file:///work",
  capabilities: {},
});
const initialized = notification("initialized", {});
const ask = (id: number) =>
  request(id, "textDocument/codeAction", {
    textDocument: { uri: uriOf("inventory.yaml") },
    range: { start: { line: 1, character: 51 }, end: { line: 1, character: 51 } },
    context: { diagnostics: [] },
  });

const parseError = -32700;
const invalidRequest = -32600;

for (const [name, bytes, code] of [
  ["words", "hello\r\n\r\n", parseError],
  ["words without an end", "hello ", undefined],
  ["words longer than any header", "x".repeat(100_000), undefined],
  ["a length that is none", "Content-Length: x\r\n\r\n{}", parseError],
  ["a length with words behind it", "Content-Length: 1e2\r\n\r\n", parseError],
  ["a length below zero", "Content-Length: -1\r\n\r\n", parseError],
  ["a length beyond memory", "Content-Length: 99999999999\r\n\r\n", parseError],
  ["no length", "Content-Type: x\r\n\r\n", parseError],
  ["a length that is too short", "Content-Length: 1\r\n\r\n{}", parseError],
  ["an empty body", frame(""), parseError],
  ["no JSON", frame("{"), parseError],
  ["bytes that are no UTF-8", frame('"\ufffd"'), invalidRequest],
  ["a number", frame("5"), invalidRequest],
  ["null", frame("null"), invalidRequest],
  ["a list", frame("[]"), invalidRequest],
  ["neither method nor result", frame({ jsonrpc: "2.0", id: 7 }), invalidRequest],
] as const) {
  test(`${name} in place of a message costs no other message`, async () => {
    const server = startRaw();
    await server.write(initialize, initialized);
    const answers = await server.write(bytes, ask(1));
    assert.equal(
      answers.map(({ id, error }) => [id, error?.code]),
      [...(code === undefined ? [] : [[null, code]]), [1, undefined]],
    );
    server.input.end();
    assert.is(await server.exitCode, 1);
  });
}

for (const [name, bytes] of [
  ["empty lines", "\n".repeat(100_000)],
  ["lengths that are none", "Content-Length: x\r\n\r\n".repeat(10_000)],
  ["words longer than any header, again and again", "x".repeat(1_000_000)],
] as const) {
  test(`${name} are one mistake`, async () => {
    const server = startRaw();
    await server.write(initialize, initialized);
    const answers = await server.write(bytes, `\n\n${ask(1)}`, "hello\n\n", ask(2));
    assert.equal(
      answers.map(({ id }) => id),
      [null, null, 1, 2],
    );
    server.input.end();
  });
}

test("a length that is too long takes what follows with it, and no more", async () => {
  const server = startRaw();
  await server.write(initialize, initialized);
  const answers = await server.write(`Content-Length: 9\r\n\r\n{}${ask(1)}`, ask(2));
  assert.equal(
    answers.map(({ id }) => id),
    [null, null, 2],
  );
  server.input.end();
});

test("messages are the same however their bytes arrive, and headers may end with LF alone", () => {
  const stream = new TextEncoder().encode(
    `Content-Type: x; charset=utf-8\r\ncontent-length: 4\r\n\r\n"ü"Content-Length: 2\n\n{}`,
  );
  for (let size = 1; size < stream.length; size++) {
    const frames = new Frames(decode, () => assert.unreachable());
    const bodies: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      for (const body of frames.add(stream.subarray(at, at + size))) bodies.push(decode(body));
    }
    assert.equal(bodies, ['"ü"', "{}"]);
  }
});

test("nothing is answered before 'initialize', nor after 'shutdown', nor twice", async () => {
  const server = startRaw();
  const open = notification("textDocument/didOpen", {
    textDocument: { uri: uriOf("inventory.yaml"), languageId: "yaml", version: 1, text: "" },
  });
  const codes = async (...written: readonly string[]) =>
    (await server.write(...written)).map(({ id, error }) => [id, error?.code]);
  assert.equal(await codes(open, ask(1), request(2, "shutdown")), [
    [1, -32002],
    [2, -32002],
  ]);
  assert.equal(await codes(initialize, request(9, "initialize", {}), initialized, ask(3)), [
    [0, undefined],
    [9, invalidRequest],
    [3, undefined],
  ]);
  assert.equal(await codes(request(4, "shutdown"), ask(5), open, request(6, "shutdown")), [
    [4, undefined],
    [5, invalidRequest],
    [6, invalidRequest],
  ]);
  server.input.end();
  assert.is(await server.exitCode, 0);
});

test("notifications in a wrong order, or without what they need, are passed over", async () => {
  const server = startRaw();
  await server.write(initialize, initialized);
  const uri = uriOf("inventory.yaml");
  const change = (params: object) => notification("textDocument/didChange", params);
  const opened = { textDocument: { uri, languageId: "yaml", version: 5, text } };
  const answers = await server.write(
    change({ textDocument: { uri, version: 1 }, contentChanges: [{ text: "" }] }),
    notification("textDocument/didClose", { textDocument: { uri } }),
    notification("textDocument/didOpen", opened),
    notification("textDocument/didOpen", opened),
    change({ textDocument: { uri, version: 6 } }),
    change({ textDocument: { uri }, contentChanges: [{ text: "" }] }),
    change({}),
    notification("textDocument/didOpen", {}),
    notification("textDocument/didOpen", { textDocument: { uri: "untitled:1", text: "" } }),
    notification("workspace/didChangeWatchedFiles", {}),
    notification("workspace/didChangeConfiguration", {}),
    ...[undefined, {}, { id: null }, { id: {} }, [1]].map((params) =>
      notification("$/cancelRequest", params),
    ),
    notification("$/unknown", {}),
    notification("unknown", {}),
    request(1, "unknown"),
    request(2, "textDocument/codeAction", {}),
    request(3, "textDocument/codeAction"),
    ask(4),
  );
  assert.equal(
    answers.map(({ id, error }) => [id, error !== undefined]),
    [
      [1, true],
      [2, true],
      [3, true],
      [4, false],
    ],
  );
  assert.ok((answers.at(-1)!.result as object[]).length > 0);
  server.input.end();
});

test("a request says which of its parameters is missing or of the wrong type", async () => {
  const server = startRaw();
  await server.write(initialize, initialized);
  const textDocument = { uri: uriOf("inventory.yaml") };
  const position = { line: 0, character: 14 };
  const range = { start: position, end: position };
  const at = (line: number, character: number) => ({
    textDocument,
    position: { line, character },
  });
  const mistaken: readonly (readonly [string, object | null])[] = [
    ["textDocument/hover", null],
    ["textDocument/hover", at(-1, 0)],
    ["textDocument/hover", at(0, 1.5)],
    ["completionItem/resolve", { data: 1 }],
    ["textDocument/hover", { position }],
    ["textDocument/hover", { textDocument: { uri: 1 }, position }],
    ["textDocument/hover", { textDocument }],
    ["textDocument/definition", { textDocument, position: { line: "0", character: 0 } }],
    ["textDocument/references", { textDocument, position }],
    ["textDocument/rename", { textDocument, position, newName: 1 }],
    ["textDocument/inlayHint", { textDocument, range: { start: position } }],
    ["textDocument/codeAction", { textDocument, range }],
    ["textDocument/codeAction", { textDocument, range, context: { only: "quickfix" } }],
  ];
  const answers = await server.write(
    ...mistaken.map(([method, params], id) => request(id, method, params)),
  );
  assert.equal(
    answers.map(({ error }) => error?.code),
    mistaken.map(() => -32602),
  );
  server.input.end();
});

test("'initialize' can be asked again after params that were wrong", async () => {
  const server = startRaw();
  const wrong = [
    null,
    [],
    {},
    { capabilities: null },
    { capabilities: {}, rootUri: 5 },
    { capabilities: {}, workspaceFolders: "x" },
    { capabilities: {}, workspaceFolders: [null] },
  ];
  const answers = await server.write(
    ...wrong.map((params, id) => request(id + 1, "initialize", params)),
    initialize,
    initialized,
    frame(`{"jsonrpc":"2.0","id":null,"error":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    ask(99),
  );
  assert.equal(
    answers.map(({ error }) => error?.code),
    [...wrong.map(() => -32602), undefined, undefined],
  );
  server.input.end();
});

test("capabilities and addresses of any kind are taken", async () => {
  const server = startRaw();
  const uris = ["untitled:1", "file://host/work", "vscode-remote://x/work", "", "file:///a%00b"];
  const general = { positionEncodings: "utf-8" };
  const [, answer, elsewhere] = await server.write(
    request(0, "initialize", {
      capabilities: { general, workspace: null, textDocument: null, window: null },
      initializationOptions: { ignore: [{ toString: 1 }], file: "a\0b" },
      workspaceFolders: [...uris, "file://localhost/work"].map((uri) => ({ uri, name: "x" })),
    }),
    initialized,
    ask(1),
    request(2, "textDocument/documentSymbol", {
      textDocument: { uri: "file://host/work/inventory.yaml" },
    }),
  );
  assert.ok((answer!.result as object[]).length > 0);
  assert.is(elsewhere!.result, null);
  server.input.end();
});

test("a document that comes without its text is empty", async () => {
  const server = startRaw();
  await server.write(initialize, initialized);
  const textDocument = { uri: uriOf("inventory.yaml"), languageId: "yaml", version: 1 };
  const [answer] = await server.write(
    notification("textDocument/didOpen", { textDocument }),
    ask(1),
  );
  assert.equal([answer?.id, answer?.error], [1, undefined]);
  server.input.end();
});

test("a request that is cancelled while it waits is not worked on", async () => {
  const server = startRaw();
  await server.write(initialize, initialized);
  const answers = await server.write(
    ask(1),
    ask(2),
    notification("$/cancelRequest", { id: 2 }),
    notification("$/cancelRequest", { id: 99 }),
    ask(3),
  );
  const codes = new Map(answers.map(({ id, error }) => [id, error?.code]));
  assert.equal(
    [1, 2, 3].map((id) => codes.get(id)),
    [undefined, -32800, undefined],
  );
  server.input.end();
});

test("requests are answered with their ids, also where several have one that looks the same", async () => {
  const server = startRaw();
  await server.write(initialize, initialized);
  const withId = (id: string) => frame(`{"jsonrpc":"2.0","id":${id},"method":"x"}`);
  const answers = await server.write(
    ...["1", "1", '"1"', "1.5", "-3", '"__proto__"', "9007199254740993", "1e400"].map(withId),
    frame({ jsonrpc: "2.0", id: 7, method: 5 }),
  );
  assert.equal(
    answers.map(({ id }) => id),
    // What is no request is refused before others are worked on.
    [null, null, 7, 1, 1, "1", 1.5, -3, "__proto__"],
  );
  server.input.end();
});

test("what was asked before the stream ends is answered, and a shutdown counts", async () => {
  const server = startRaw();
  const asked = Array.from({ length: 100 }, (_, id) => ask(id + 1));
  server.input.end([initialize, initialized, ...asked, request(101, "shutdown")].join(""));
  assert.is(await server.exitCode, 0);
  const ids = server.answers.filter(({ method }) => method === undefined).map(({ id }) => id);
  assert.equal(
    ids,
    Array.from({ length: 102 }, (_, id) => id),
  );
});

test("an editor that reads no answers gets no more of them, and its end is noticed", async () => {
  const server = startRaw({ isRead: false });
  server.input.write([initialize, initialized, ...Array(1000).fill(ask(1))].join(""));
  for (let turn = 0; turn < 2000; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const held = server.output.readableLength + server.output.writableLength;
  assert.ok(held < 100_000, String(held));
  server.output.destroy(new Error("EPIPE"));
  assert.is(await server.exitCode, 1);
});

test.run();
