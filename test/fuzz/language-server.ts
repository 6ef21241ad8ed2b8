import { PassThrough } from "node:stream";
import * as fc from "fast-check";
import type { Invocation } from "../../src/cli/parse-arguments.js";
import { parseArguments } from "../../src/cli/parse-arguments.js";
import { Frames } from "../../src/lsp/frames.js";
import { serve } from "../../src/lsp/serve.js";
import { mutated } from "../arbitrary-inventories.js";
import { filesWith } from "../host.js";
import { uriOf } from "../lsp-client.js";
import { memoryHost } from "../memory-host.js";
import { ensure, type Front } from "./front.js";
import { inventoryTexts, names } from "./texts.js";

/** A request, a notification, or bytes in the stream that need not be a message. */
type Sent =
  | { readonly request: string; readonly params: unknown }
  | { readonly notification: string; readonly params: unknown }
  | { readonly bytes: string };

const uri = fc.constantFrom("inventory.yaml", "inventory/b.yaml", "x").map(uriOf);
const textDocument = fc.record({ uri });
const position = fc.record({
  line: fc.oneof(fc.nat(20), fc.maxSafeInteger()),
  character: fc.oneof(fc.nat(60), fc.maxSafeInteger()),
});
const range = fc.record({ start: position, end: position });
const place = { textDocument, position };
const document = fc.record({
  uri,
  languageId: fc.constant("yaml"),
  version: fc.nat(),
  text: inventoryTexts,
});
const changes = fc.array(
  fc.oneof(fc.record({ range, text: mutated(names) }), fc.record({ text: inventoryTexts })),
  { maxLength: 3 },
);

const requests = {
  completion: fc.record(place),
  hover: fc.record(place),
  definition: fc.record(place),
  references: fc.record({ ...place, context: fc.record({ includeDeclaration: fc.boolean() }) }),
  documentHighlight: fc.record(place),
  documentSymbol: fc.record({ textDocument }),
  prepareRename: fc.record(place),
  rename: fc.record({ ...place, newName: names }),
  codeAction: fc.record({ textDocument, range, context: fc.constant({ diagnostics: [] }) }),
  inlayHint: fc.record({ textDocument, range }),
};
const notifications = {
  didOpen: fc.record({ textDocument: document }),
  didChange: fc.record({
    textDocument: fc.record({ uri, version: fc.nat() }),
    contentChanges: changes,
  }),
  didSave: fc.record({ textDocument }),
  didClose: fc.record({ textDocument }),
};

const sent: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 6, arbitrary: ofKind("request", requests) },
  { weight: 6, arbitrary: ofKind("notification", notifications) },
  {
    weight: 1,
    arbitrary: fc.oneof(mutated(fc.constant(frame({ id: 1 }))), names).map((bytes) => ({ bytes })),
  },
);

/** The server answers every request once, whatever comes between them. */
export const languageServer: Front<readonly Sent[]> = {
  inputs: fc.array(sent, { minLength: 1, maxLength: 12 }),
  check: async (messages) => {
    const input = new PassThrough();
    const output = new PassThrough();
    const files = filesWith({ "flake.nix": "", "inventory.yaml": "machines: { a: }\n" });
    const ended = serve(parseArguments(["lsp"]) as Invocation, memoryHost({ files }), {
      input,
      output,
    });
    const answered: unknown[] = [];
    const isReached = new Promise<void>((resolve) => {
      const frames = new Frames(decode, () => {});
      output.on("data", (bytes: Uint8Array) => {
        for (const body of frames.add(bytes)) {
          const { id, method } = JSON.parse(decode(body));
          if (method === undefined) answered.push(id);
          if (id === last) resolve();
        }
      });
    });
    const initialize = { processId: null, rootUri: uriOf(""), capabilities: {} };
    input.write(frame({ id: "first", method: "initialize", params: initialize }));
    input.write(frame({ method: "initialized", params: {} }));
    messages.forEach((message, id) => input.write(toBytes(message, id)));
    // What is broken may swallow what comes next, but no more than that.
    input.write(`${"\n".repeat(2 ** 13)}${frame({ id: "between", method: "x" })}`);
    input.write(frame({ id: last, method: "x" }));
    await Promise.race([isReached, ended.then(() => ensure(false, "the server does not end"))]);
    messages.forEach((message, id) => {
      const isClean = messages.every((other) => !("bytes" in other));
      const count = answered.filter((other) => other === id).length;
      ensure(!isClean || !("request" in message) || count === 1, `${id} is answered once`);
    });
    input.end();
    await ended;
  },
};

const last = "last";

function ofKind(
  kind: "request" | "notification",
  methods: { readonly [method: string]: fc.Arbitrary<unknown> },
): fc.Arbitrary<Sent> {
  return fc.oneof(
    ...Object.entries(methods).map(([method, params]) =>
      fc
        .oneof({ weight: 9, arbitrary: params }, fc.jsonValue())
        .map((params) => ({ [kind]: `textDocument/${method}`, params }) as Sent),
    ),
  );
}

function toBytes(message: Sent, id: number): string {
  if ("bytes" in message) {
    return message.bytes;
  }
  return "request" in message
    ? frame({ id, method: message.request, params: message.params })
    : frame({ method: message.notification, params: message.params });
}

function frame(content: object): string {
  const body = JSON.stringify({ jsonrpc: "2.0", ...content });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
