/** The editor server, spoken to by a client of the protocol. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  InlayHint,
  MarkupContent,
} from "vscode-languageserver-protocol";
import { filesWith } from "./host.js";
import { type Client, startClient, uriOf } from "./lsp-client.js";

const wrong = `machines:
  laptop:
instances:
  sshd:
    roles:
      server:
        machines: [lapto]
`;
const right = wrong.replace("lapto]", "laptop]");
const flake = { "flake.nix": "" };

/** Starts a client, and ends it. */
function withClient(
  name: string,
  given: () => Parameters<typeof startClient>[0],
  check: (client: Client, files: ReturnType<typeof filesWith>) => Promise<void>,
): void {
  test(name, async () => {
    const start = given();
    const client = await startClient(start);
    await check(client, start.files);
    client.end();
    await client.exitCode;
  });
}

withClient(
  "what is wrong on disk is told without opening a file, and taken back when it is mended or gone",
  () => ({
    files: filesWith({ ...flake, "inventory/a.yaml": wrong, "inventory/b.yaml": "tag: 1" }),
  }),
  async (client, files) => {
    await client.finds("inventory/a.yaml", "6:19 unknown-machine");
    await client.finds("inventory/b.yaml", "0:0 unknown-key");
    files.put("/work/inventory/a.yaml", right);
    client.changedOnDisk("inventory/a.yaml");
    await client.finds("inventory/a.yaml");
    files.removeAll("/work/inventory/b.yaml");
    client.changedOnDisk("inventory/b.yaml");
    await client.finds("inventory/b.yaml");
  },
);

withClient(
  "another clan-core in flake.lock is another catalogue",
  () => ({
    files: filesWith({
      ...flake,
      "inventory.yaml":
        "machines: [a]\ninstances: { pki: { roles: { default: { machines: [a] } } } }\n",
    }),
  }),
  async (client, files) => {
    await client.finds("inventory.yaml");
    // A revision that is not built in is taken for that of its day.
    const locked = { rev: "0".repeat(40), lastModified: Date.UTC(2026, 0, 1) / 1000 };
    const nodes = { root: { inputs: { "clan-core": "c" } }, c: { locked, original: {} } };
    files.put("/work/flake.lock", JSON.stringify({ nodes, root: "root", version: 7 }));
    client.changedOnDisk("flake.lock");
    await client.finds("inventory.yaml", "1:13 unknown-service");
  },
);

withClient(
  "an open text counts in place of the file, until it is closed",
  () => ({ files: filesWith({ ...flake, "inventory.yaml": wrong }) }),
  async (client) => {
    client.open("inventory.yaml", right);
    await client.finds("inventory.yaml");
    client.change("inventory.yaml", 2, [[1, 2], [1, 8], "desk"]);
    await client.finds("inventory.yaml", "6:19 unknown-machine");
    client.change("inventory.yaml", 3, [[1, 2], [1, 6], "pc"], [[6, 19], [6, 25], "pc"]);
    await client.finds("inventory.yaml");
    client.close("inventory.yaml");
    await client.finds("inventory.yaml", "6:19 unknown-machine");
  },
);

withClient(
  "a file that is not saved yet is one of its inventory, and others get nothing",
  () => ({ files: filesWith({ ...flake, "docs/": "" }) }),
  async (client) => {
    client.open("inventory.yaml", wrong);
    client.open("docs/inventory.yaml", wrong);
    client.open("other.yaml", wrong);
    await client.finds("inventory.yaml", "6:19 unknown-machine");
    await client.finds("docs/inventory.yaml");
    await client.finds("other.yaml");
    assert.equal(
      await client.connection.sendRequest("textDocument/codeAction", at("other.yaml", 6, 20)),
      null,
    );
  },
);

withClient(
  "each folder has its inventory, and an open file one of its own flake; folders come and go",
  () => ({
    files: filesWith({
      "a/flake.nix": "",
      "a/inventory.yaml": wrong,
      "b/flake.nix": "",
      "b/inventory.json": '{ "machine": {} }',
      "c/flake.nix": "",
      "c/inventory/x.yaml": wrong,
      "d/inventory.yml": wrong,
    }),
    params: {
      workspaceFolders: ["a", "b"].map((name) => ({ uri: uriOf(name), name })),
      capabilities: { workspace: { workspaceFolders: true } },
    },
  }),
  async (client) => {
    await client.finds("a/inventory.yaml", "6:19 unknown-machine");
    await client.finds("b/inventory.json", "0:2 unknown-key");
    await client.finds("c/inventory/x.yaml");
    client.open("c/inventory/x.yaml", wrong);
    await client.finds("c/inventory/x.yaml", "6:19 unknown-machine");
    void client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: {
        added: [{ uri: uriOf("d"), name: "d" }],
        removed: [{ uri: uriOf("a"), name: "a" }],
      },
    });
    await client.finds("d/inventory.yml", "6:19 unknown-machine");
    await client.finds("a/inventory.yaml");
    await client.finds("b/inventory.json", "0:2 unknown-key");
  },
);

withClient(
  "machines that have a folder are known, and their coming and going is seen",
  () => ({ files: filesWith({ ...flake, "machines/lapto/": "", "inventory.yaml": wrong }) }),
  async (client, files) => {
    await client.finds("inventory.yaml");
    files.removeAll("/work/machines/lapto");
    client.changedOnDisk("machines/lapto");
    await client.finds("inventory.yaml", "6:19 unknown-machine");
  },
);

test("settings are flags: of the command, of the start, and those that are asked for", async () => {
  const files = filesWith({ ...flake, "fleet.yaml": `${wrong}  x: {}\n` });
  let settings: object | null = null;
  const client = await startClient({
    files,
    args: ["--file", "fleet.yaml"],
    params: { initializationOptions: { ignore: ["unknown-service"] } },
    settings: () => settings,
  });
  const change = () =>
    void client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  await client.finds("fleet.yaml", "6:19 unknown-machine");
  settings = { knownMachine: { lapto: "nixos" } };
  change();
  await client.finds("fleet.yaml");
  settings = { knownMachine: ["lapto"], ignore: [], warn: "unknown-service" };
  change();
  await client.finds("fleet.yaml", "7:2 unknown-service");
  settings = { alowNix: true };
  change();
  const unknown = "inventory2nix: unknown flag '--alow-nix'; did you mean '--allow-nix'?";
  await client.shows(unknown);
  settings = { file: ["-"] };
  change();
  await client.shows(
    unknown,
    "inventory2nix: '--file' cannot be '-': the editor's messages come through standard input",
  );
  client.end();
});

withClient(
  "a wrong setting is shown once, and a broken catalogue where it is broken",
  () => ({
    files: filesWith({ ...flake, "inventory.yaml": right, "services.json": '{ "inputs": 1 }' }),
    args: ["--services", "services.json"],
  }),
  async (client, files) => {
    await client.finds("services.json", "0:12 invalid-type");
    files.removeAll("/work/services.json");
    client.changedOnDisk("services.json");
    await client.finds("services.json", "0:0 unreadable-input");
    assert.equal(client.shown, []);
  },
);

for (const [encoding, column] of [
  ["utf-16", 26],
  ["utf-8", 29],
] as const) {
  withClient(
    `positions count in ${encoding}`,
    () => ({
      files: filesWith({ ...flake, "inventory.yaml": "" }),
      params: {
        capabilities: { general: { positionEncodings: [encoding] } },
      },
    }),
    async (client) => {
      assert.is(client.server.capabilities.positionEncoding, encoding);
      const before = wrong.replace("[lapto]", '["\u{1f5a5}é", x]');
      client.open("inventory.yaml", before.replace("laptop:", 'laptop:\n  "\u{1f5a5}é":'));
      await client.finds("inventory.yaml", "2:2 machine-name", `7:${column} unknown-machine`);
      client.change("inventory.yaml", 2, [[7, column], [7, column + 1], "laptop"]);
      await client.finds("inventory.yaml", "2:2 machine-name");
    },
  );
}

withClient(
  "fixes are code actions, with the edits of the text that is open",
  () => ({ files: filesWith({ ...flake, "inventory.yaml": right }) }),
  async (client) => {
    client.open("inventory.yaml", wrong);
    await client.finds("inventory.yaml", "6:19 unknown-machine");
    const actions: CodeAction[] = await client.connection.sendRequest(
      "textDocument/codeAction",
      at("inventory.yaml", 6, 20, { diagnostics: [], only: ["quickfix"] }),
    );
    assert.equal(
      actions.map(({ title, kind }) => [title, kind]),
      [["replace with 'laptop'", "quickfix"]],
    );
    assert.equal(actions[0]!.edit!.changes![uriOf("inventory.yaml")], [
      {
        range: { start: { line: 6, character: 19 }, end: { line: 6, character: 24 } },
        newText: "laptop",
      },
    ]);
    assert.equal(actions[0]!.diagnostics, client.diagnostics("inventory.yaml"));
  },
);

withClient(
  "all safe fixes of a file are one action, for saving",
  () => ({
    files: filesWith({ ...flake, "inventory.yaml": "" }),
    params: { capabilities: { workspace: { workspaceEdit: { documentChanges: true } } } },
  }),
  async (client) => {
    client.open("inventory.yaml", "machines:\n  laptop: { tags: work }\n  desk: { tags: home }\n");
    const ask = (only: readonly string[]): Promise<CodeAction[]> =>
      client.connection.sendRequest(
        "textDocument/codeAction",
        at("inventory.yaml", 0, 0, { diagnostics: [], only }),
      );
    const [action] = await ask(["source.fixAll"]);
    assert.is(action!.kind, "source.fixAll.inventory2nix");
    assert.equal(action!.edit!.documentChanges, [
      {
        textDocument: { uri: uriOf("inventory.yaml"), version: 1 },
        edits: [
          {
            range: { start: { line: 1, character: 18 }, end: { line: 2, character: 20 } },
            newText: "[work] }\n  desk: { tags: [home]",
          },
        ],
      },
    ]);
    assert.equal(await ask(["refactor.extract"]), []);
  },
);

const two = {
  ...flake,
  "inventory/machines.yaml": "machines:\n  laptop: { tags: [mobile] }\n  desk: { tags: [home] }\n",
  "inventory/services.yaml": `instances:
  borgbackup:
    roles:
      client:
        tags: [mobile]
        settings:
          start
      server:
        machines: [desk]
`,
};

withClient(
  "a name leads to where it is defined, to where it is used, and to another name",
  () => ({ files: filesWith(two) }),
  async (client) => {
    const ask = (method: string, params: object = {}) =>
      // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, checked below
      client.connection.sendRequest<any>(`textDocument/${method}`, {
        ...at("inventory/services.yaml", 4, 16),
        ...params,
      });
    const services = uriOf("inventory/services.yaml");
    const machines = uriOf("inventory/machines.yaml");
    const inServices = { start: { line: 4, character: 15 }, end: { line: 4, character: 21 } };
    const inMachines = { start: { line: 1, character: 19 }, end: { line: 1, character: 25 } };
    assert.equal(await ask("definition"), [{ uri: machines, range: inMachines }]);
    assert.equal(await ask("references", { context: { includeDeclaration: true } }), [
      { uri: machines, range: inMachines },
      { uri: services, range: inServices },
    ]);
    const { contents, range } = await ask("hover");
    assert.match(contents.value, "laptop");
    assert.equal(range, inServices);
    const hints: InlayHint[] = await ask("inlayHint", {
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 99 } },
    });
    assert.match(String(hints[0]!.label), "laptop");
    assert.equal(await ask("documentHighlight"), [{ range: inServices }]);
    assert.equal(await ask("prepareRename"), { range: inServices, placeholder: "mobile" });
    assert.equal(await ask("rename", { newName: "portable" }), {
      changes: {
        [machines]: [{ range: inMachines, newText: "portable" }],
        [services]: [{ range: inServices, newText: "portable" }],
      },
    });
    assert.is(await ask("rename", { newName: "mobile" }), null);
    const refused = await ask("rename", { newName: "home" }).catch((error: Error) => error);
    assert.is(refused.message, "there is already a tag 'home'");
    const [section] = await ask("documentSymbol");
    assert.equal(
      [section.name, section.children[0].name, section.children[0].children[0].name],
      ["instances", "borgbackup", "client"],
    );
  },
);

withClient(
  "a setting is offered with its documentation, in a text that is not whole",
  () => ({ files: filesWith(two) }),
  async (client) => {
    const { items } = await client.connection.sendRequest<CompletionList>(
      "textDocument/completion",
      at("inventory/services.yaml", 6, 15),
    );
    const item = items.find(({ label }) => label === "startAt")!;
    assert.equal(item.textEdit, {
      range: { start: { line: 6, character: 10 }, end: { line: 6, character: 15 } },
      newText: "startAt: ",
    });
    assert.is(item.documentation, undefined);
    const resolved: CompletionItem = await client.connection.sendRequest(
      "completionItem/resolve",
      item,
    );
    assert.match((resolved.documentation as MarkupContent).value, /01:00/);
    const other = { ...item, label: "offered before" };
    assert.equal(await client.connection.sendRequest("completionItem/resolve", other), other);
  },
);

test("the stream's end ends the server: 0 after shutdown, else 1", async () => {
  const files = filesWith({});
  const hasty = await startClient({ files });
  hasty.end();
  assert.is(await hasty.exitCode, 1);
  const polite = await startClient({ files });
  assert.is(await polite.connection.sendRequest("shutdown"), null);
  polite.end();
  assert.is(await polite.exitCode, 0);
});

function at(name: string, line: number, character: number, context: object = { diagnostics: [] }) {
  const position = { line, character };
  return {
    textDocument: { uri: uriOf(name) },
    position,
    range: { start: position, end: position },
    context,
  };
}

test.run();
