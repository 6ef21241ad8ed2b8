/** What comes from outside gives no orders to whoever reads what we print. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../src/cli/main.js";
import { formatDiagnostics, plan, readCatalogue, showJson } from "../src/index.js";
import { showServices } from "../src/show/show-services.js";
import { forJson, forTerminal, forWorkflow, forWorkflowProperty } from "../src/text/escape.js";
import { MemoryFiles } from "./memory-files.js";
import { memoryHost } from "./memory-host.js";

const shown: { readonly [text: string]: string } = {
  "plain text, with 'quotes'": "plain text, with 'quotes'",
  "\x1b[31mred": "\u241b[31mred",
  "a\tb": "a\tb",
  "a\nb\r": "a\u240ab\u240d",
  "a\x7fb\x9b31m": "a\ufffdb\ufffd31m",
  "\u202egnp.exe": "\ufffdgnp.exe",
  "a\u061cb": "a\ufffdb",
  "a\u200bb\u2060c\ufeff": "a\ufffdb\ufffdc\ufffd",
  "a\u00adb\u3164c": "a\ufffdb\ufffdc",
  "a\u{e0041}\u{e007f}b": "a\ufffd\ufffdb",
  "a\u200db": "a\ufffdb",
  "\u{1f469}\u200d\u{1f4bb} and \u0646\u200c\u0645":
    "\u{1f469}\u200d\u{1f4bb} and \u0646\u200c\u0645",
  "\ud800": "\ufffd",
  "::error::x": "\ufffd:error::x",
  "  ::error::x": "  \ufffd:error::x",
  "a::b": "a::b",
  "a ##[error]b": "a ##\ufffderror]b",
  "Grüße 漢字 👋": "Grüße 漢字 👋",
};

for (const [text, expected] of Object.entries(shown)) {
  test(`a terminal gets ${JSON.stringify(text)} as text`, () => {
    assert.is(forTerminal(text), expected);
    assert.is(forTerminal(expected), expected);
  });
}

test("a workflow command is one line, and its parts stay apart", () => {
  assert.is(
    forWorkflow("50%\r\n::error::x\n##[group]\x1b"),
    "50%25%0D%0A\ufffd:error::x%0A##\ufffdgroup]\u241b",
  );
  assert.is(forWorkflowProperty("a,b::c%\n"), "a%2Cb%3A%3Ac%25%0A");
});

test("JSON means the same, and holds nothing that is not seen", () => {
  for (const text of Object.keys(shown)) {
    const json = forJson(JSON.stringify(text));
    assert.is(JSON.parse(json), text);
    assert.not(/[\x7f-\x9f\u061c\u200b\u202e\u2060\ufeff\u{e0000}-\u{e007f}]/u.test(json), json);
  }
});

const order = "::error::owned ##[error]\x1b[31m\u009b\u202e\u{e0041}";
const isHarmless = (text: string) =>
  !/^\s*::error::owned|##\[|[\x1b\x7f-\x9f\u202e]|\u{e0041}/mu.test(text);

test("no format passes on an order that is in a name, a value or a file name", () => {
  const source = {
    name: `${order}.yaml`,
    text: JSON.stringify({
      machines: [order],
      instances: { [order]: { roles: { [order]: { tags: [order] } } } },
    }),
  };
  const { diagnostics } = plan(source);
  assert.ok(diagnostics.length > 0);
  for (const format of ["text", "json", "sarif"] as const) {
    assert.ok(
      isHarmless(formatDiagnostics(diagnostics, [source], { format, color: false })),
      format,
    );
  }
  const github = formatDiagnostics(diagnostics, [source], { format: "github", color: false });
  for (const line of github.trimEnd().split("\n")) {
    assert.match(line, /^::warning file=/);
    assert.ok(isHarmless(line.slice(2)));
  }
});

test("no answer passes on an order", () => {
  const source = {
    name: "inventory.json",
    text: JSON.stringify({
      machines: [order],
      instances: {
        [order]: {
          module: { name: order, input: "x" },
          roles: { [order]: { machines: [order], settings: { [order]: order } } },
        },
      },
    }),
  };
  assert.ok(isHarmless(showJson(plan(source).plan!)));
  const { catalogue } = readCatalogue({
    name: "services.json",
    text: JSON.stringify({ [order]: { [order]: { [order]: {} } } }),
  });
  assert.ok(isHarmless(showServices(catalogue!)));
});

test("what the command says of files passes on no order", () => {
  const files = new MemoryFiles();
  files.put("/work/inventory.yaml", "machines: [a]\n");
  files.put(`/work/${order}.nix`, `::error::owned\n ::error::owned\n{ } # ${order}\n`);
  for (const args of [
    [`${order}.yaml`],
    ["check", "inventory.yaml", `--machines-dir=${order}`],
    ["inventory.yaml", "--check", "-o", `${order}.nix`],
    ["services", order],
    [`--${order}`],
  ]) {
    const host = memoryHost({ files });
    assert.ok(Number(main(args, host)) > 0);
    assert.ok(isHarmless(host.messages()), host.messages());
    assert.ok(isHarmless(host.output()), host.output());
  }
});

test("shells are not given names that they would print as orders", () => {
  const files = new MemoryFiles();
  files.put("/work/inventory.json", JSON.stringify({ machines: [order, "web"] }));
  const host = memoryHost({ files, stdinKind: () => "terminal" });
  void main(["__complete", "explain", ""], host);
  assert.is(host.output(), "web\tnixos machine\n");
});

test.run();
