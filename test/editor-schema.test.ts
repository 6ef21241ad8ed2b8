/** What the language server offers with the schema that has the services filled in. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fillSchema } from "../src/catalogue/editor-schema.js";
import { completeCatalogue, readCatalogue } from "../src/catalogue/read-catalogue.js";
import type { DataMap } from "../src/model/data.js";
import { type Editor, startEditor } from "./editor.js";

const bare: DataMap = JSON.parse(
  readFileSync(new URL("../schema/inventory.schema.json", import.meta.url), "utf8"),
);

const own = JSON.stringify({
  self: {
    "@me/chat": {
      server: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $defs: {
          Input: {
            type: "object",
            additionalProperties: false,
            properties: {
              rooms: { $ref: "#/$defs/RoomsInput", readOnly: true },
              tree: { $ref: "#/$defs/TreeInput" },
            },
          },
          RoomsInput: {
            type: "array",
            items: { oneOf: [{ type: "integer" }, { type: "number" }, { type: "string" }] },
            description: "The rooms to open.",
          },
          TreeInput: { type: "object", additionalProperties: { $ref: "#/$defs/TreeInput" } },
        },
      },
    },
  },
});
const schema = fillSchema(
  bare,
  completeCatalogue(readCatalogue({ name: "services.json", text: own }).catalogue),
);

const folder = mkdtempSync(join(tmpdir(), "inventory2nix-"));
const file = join(folder, "schema.json");
writeFileSync(file, JSON.stringify(schema));

let editor: Editor;
test.before(async () => {
  editor = await startEditor(pathToFileURL(file));
});
test.after(async () => {
  await editor.close();
  rmSync(folder, { recursive: true });
});

/** An instance up to its settings, which follow, indented by eight. */
function sshd(settings: string): string {
  return `instances:\n  sshd:\n    roles:\n      server:\n        settings:\n${settings}`;
}

const serverSettings = ["authorizedKeys", "certificate", "generateRootKey", "hostKeys"];

test("is a schema of draft 7", () => {
  const ajv = new Ajv({ strict: false });
  assert.ok(ajv.validateSchema(schema), ajv.errorsText());
  assert.ok(ajv.compile(schema));
});

test("contains once what is referred to in many ways", () => {
  const levels = Array.from({ length: 100 }, (_, level) => [
    level,
    {
      type: "object",
      properties: { x: { $ref: `#/$defs/${level + 1}` }, y: { $ref: `#/$defs/${level + 1}` } },
    },
  ]);
  const role = {
    $ref: "#/$defs/0",
    $defs: { ...Object.fromEntries(levels), 100: { type: "integer" } },
  };
  const filled = fillSchema(
    {},
    readCatalogue({ name: "services.json", text: JSON.stringify({ self: { s: { role } } }) })
      .catalogue!,
  );
  assert.is(
    Object.keys(filled["definitions"] as DataMap).filter((name) => name.startsWith("self.s.role."))
      .length,
    100,
  );
});

test("offers services as instances, and their roles", async () => {
  const services = await editor.completions("instances:\n  ‸\n");
  assert.ok(["borgbackup", "sshd", "zerotier"].every((name) => services.includes(name)));
  assert.equal(await editor.completions("instances:\n  sshd:\n    roles:\n      ‸\n"), [
    "client",
    "server",
  ]);
});

test("offers the settings of an instance that is named like its service", async () => {
  assert.equal(await editor.completions(sshd("          ‸\n")), serverSettings);
  assert.equal(await editor.completions(sshd("          certificate:\n            ‸\n")), [
    "enable",
    "searchDomains",
  ]);
});

test("offers them on machines and tags", async () => {
  assert.equal(
    await editor.completions(
      "instances:\n  sshd:\n    roles:\n      server:\n        machines:\n          web:\n            settings:\n              ‸\n",
    ),
    serverSettings,
  );
  assert.equal(
    await editor.completions(
      "instances:\n  sshd:\n    roles:\n      server:\n        tags:\n          all:\n            settings:\n              ‸\n",
    ),
    serverSettings,
  );
});

test("uses the module's name if there is one", async () => {
  for (const module of ["sshd", "{ name: sshd }", "{ name: sshd, input: clan-core }"]) {
    assert.equal(
      await editor.completions(
        `instances:\n  zerotier:\n    module: ${module}\n    roles:\n      server:\n        settings:\n          ‸\n`,
      ),
      serverSettings,
      module,
    );
  }
  assert.equal(
    await editor.completions(
      "instances:\n  sshd:\n    module: { input: self }\n    roles:\n      server:\n        settings:\n          ‸\n",
    ),
    [],
  );
});

test("knows the services of other inputs", async () => {
  const text =
    'instances:\n  chat:\n    module: { name: "@me/chat", input: self }\n    roles:\n      server:\n        settings:\n          ';
  assert.equal(await editor.completions(`${text}‸\n`), ["rooms", "tree"]);
  assert.match(await editor.hover(`${text}roo‸ms: []\n`), "The rooms to open.");
  assert.equal(
    await editor.diagnostics(`${text}rooms: [1, 1.5, a]\n          tree: { a: { b: {} } }\n`),
    [],
  );
});

test("offers the values of a setting", async () => {
  assert.equal(await editor.completions(sshd("          generateRootKey: ‸\n")), ["false", "true"]);
  const levels =
    "instances:\n  data-mesher:\n    roles:\n      default:\n        settings:\n          logLevel: ‸\n";
  assert.equal(await editor.completions(levels), ["debug", "error", "fatal", "info", "warn"]);
});

test("explains a setting under the pointer", async () => {
  assert.match(
    await editor.hover(sshd("          generate‸RootKey: true\n")),
    "boolean, default false",
  );
  assert.match(
    await editor.hover(sshd("          certificate:\n            search‸Domains: []\n")),
    "list of string",
  );
});

test("shows unknown settings and values of other types", async () => {
  assert.equal(await editor.diagnostics(sshd("          generateRootkey: true\n")), [
    "6: Property generateRootkey is not allowed.",
  ]);
  assert.equal(
    await editor.diagnostics(sshd("          certificate: { enable: 1 }\n          hostKeys: 1\n")),
    ['6: Incorrect type. Expected "boolean".', '7: Incorrect type. Expected "map".'],
  );
});

test("allows special forms for any value, and settings to be left out", async () => {
  const settings = `
          generateRootKey: { $mkForce: true }
          authorizedKeys: { a: { $path: ./a.pub }, b: !path ./b.pub }
          certificate: { _type: override, priority: 50, content: { enable: true } }
          hostKeys: !ref self.keys
`;
  assert.equal(await editor.diagnostics(sshd(settings)), []);
  assert.equal(
    await editor.diagnostics(
      sshd(
        "          generateRootKey: !mkForce true\n          certificate: { enable: !mkOverride [10, true], searchDomains: !mkBefore [a] }\n",
      ),
    ),
    [],
  );
  assert.equal(
    await editor.diagnostics(
      sshd("          certificate: { searchDomains: !concat [[a], !value more] }\n"),
    ),
    [],
  );
  assert.equal(
    await editor.diagnostics(
      "instances:\n  borgbackup: { roles: { client: { settings: { destinations: { a: {} } } } } }\n  sshd: { roles: { server: { settings: } } }\n",
    ),
    [],
  );
});

test("looks into settings in the long form, and under a condition", async () => {
  const conditional = (settings: string) =>
    sshd(`          _type: if\n          condition: true\n          content:\n${settings}`);
  const long = (settings: string) => sshd(`          config:\n${settings}`);
  for (const around of [conditional, long]) {
    assert.equal(await editor.completions(around("            ‸\n")), serverSettings);
    assert.equal(
      await editor.diagnostics(around("            generateRootKey: !mkForce true\n")),
      [],
    );
    assert.match(
      await editor.hover(around("            generate‸RootKey: true\n")),
      "boolean, default false",
    );
    assert.match(
      (await editor.diagnostics(around("            generateRootkey: true\n"))).join(),
      "Property generateRootkey is not allowed.",
    );
  }
  assert.equal(
    await editor.diagnostics(conditional("            config: { generateRootKey: true }\n")),
    [],
  );
  assert.equal(
    await editor.diagnostics(
      sshd("          config: { _type: merge, contents: [{ generateRootKey: true }] }\n"),
    ),
    [],
  );
  assert.equal(await editor.diagnostics(sshd("          config: {}\n          hostKeys: {}\n")), [
    "7: Property hostKeys is not allowed.",
  ]);
  assert.equal(
    await editor.diagnostics(
      sshd("          _type: override\n          priority: 50\n          content: {}\n"),
    ),
    ['6: Value must be "if".', "7: Property priority is not allowed."],
  );
});

test("leaves unknown services alone", async () => {
  assert.equal(
    await editor.diagnostics(
      "instances:\n  mine: { module: { name: x, input: self }, roles: { any: { settings: { thing: 1 } } } }\n",
    ),
    [],
  );
});

test.run();
