import { test } from "uvu";
import * as assert from "uvu/assert";
import { completeCatalogue, readCatalogue } from "../src/catalogue/read-catalogue.js";
import { wordedService } from "../src/model/catalogue.js";
import { showService, showServices } from "../src/show/show-services.js";

const catalogue = readCatalogue({
  name: "services.json",
  text: JSON.stringify({
    source: "self",
    date: "2026-01-02",
    revision: "0123456789abcdef",
    services: {
      "@me/web": {
        maxInstances: 2,
        roles: {
          server: {
            minMachines: 1,
            settings: {
              $defs: {
                Tree: { type: "object", additionalProperties: { $ref: "#/$defs/Tree" } },
                Level: { enum: ["low", "high"], default: "low" },
              },
              type: "object",
              required: ["host"],
              properties: {
                host: { type: "string" },
                level: { $ref: "#/$defs/Level" },
                mail: {
                  type: "object",
                  properties: {
                    port: { oneOf: [{ type: "null" }, { type: "integer" }], default: 25 },
                  },
                },
                lists: {
                  type: "array",
                  items: {
                    type: "array",
                    items: { oneOf: [{ type: "integer" }, { type: "number" }] },
                  },
                },
                sites: {
                  type: "array",
                  items: { type: "object", properties: { name: { type: "string" } } },
                },
                free: {},
                tree: { $ref: "#/$defs/Tree" },
                "a-setting-with-a-name-that-leaves-no-room": {
                  enum: ["so", "many", "values", "that they", "need", "more than", "one", "line"],
                },
              },
            },
          },
          client: { minMachines: 1, maxMachines: 1, settings: { type: "object" } },
          watcher: { maxMachines: 4 },
        },
      },
      mail: { roles: { server: { minMachines: 2, maxMachines: 3 } } },
    },
  }),
}).catalogue!;

test("lists services with their roles", () => {
  assert.is(
    showServices(catalogue),
    `self as of 2026-01-02 (0123456789)

  @me/web  server, client, watcher
  mail     server
`,
  );
});

test("lists the settings of each role in 80 columns", () => {
  assert.is(
    showService(catalogue, "@me/web"),
    `@me/web, of self as of 2026-01-02 (0123456789): at most 2 instances

role server: at least 1 machine
  host                                  string, required
  level                                 "low" or "high", default "low"
  mail.port                             null or integer, default 25
  lists                                 list of list of number
  sites                                 list of map
  sites[].name                          string
  free                                  any value
  tree.<name>                           map of map
  a-setting-with-a-name-that-leaves-no-room
                                        "so" or "many" or "values" or "that
                                        they" or "need" or "more than" or "one"
                                        or "line"

role client: exactly 1 machine
  no settings

role watcher: at most 4 machines
  settings not known
`,
  );
});

test("shows floats as numbers", () => {
  const schema =
    '{ "type": "object", "properties": { "x": { "enum": [1.0, 2.5] }, "y": { "type": "number", "default": 3.0 } } }';
  const own = completeCatalogue(
    readCatalogue({ name: "services.json", text: `{ "self": { "mine": { "own": ${schema} } } }` })
      .catalogue,
  );
  assert.match(showService(own, "mine"), "  x  1 or 2.5\n  y  number, default 3\n");
});

test("shows a service of all inputs that have it", () => {
  const both = completeCatalogue(
    readCatalogue({ name: "services.json", text: '{ "self": { "sshd": { "own": {} } } }' })
      .catalogue,
  );
  const text = showService(both, "sshd");
  assert.match(text, /^sshd, of clan-core as of \d{4}-\d\d-\d\d/);
  assert.match(text, "\n\nsshd, of self\n\nrole own\n");
});

test("keeps the built-in catalogue within 80 columns, except for code and long words", () => {
  const builtIn = completeCatalogue(undefined);
  const core = builtIn.inputs.get("clan-core")!;
  const withoutReadmes = {
    ...core,
    wordsOf: (name: string) => ({ ...wordedService(core, name)!, readme: undefined }),
  };
  const inputs = new Map([["clan-core", withoutReadmes]]);
  const names = [...core.services.keys()];
  const text = [showServices(builtIn), ...names.map((name) => showService({ inputs }, name))].join(
    "",
  );
  const long = text.split("\n").filter((line) => line.length > 80);
  assert.equal(
    long.filter((line) => / /.test(line.trim().replace(/^(- |\w+: )+/, ""))),
    [],
  );
});

test("describes elements only down to a readable depth", () => {
  const levels = Array.from({ length: 40 }, (_, level) => {
    const next = { $ref: `#/$defs/${level + 1}` };
    return [
      level,
      {
        anyOf: [
          { type: "array", items: next },
          { type: "object", additionalProperties: next },
        ],
      },
    ];
  });
  const settings = {
    type: "object",
    properties: { tree: { $ref: "#/$defs/0" } },
    $defs: { ...Object.fromEntries(levels), 40: { type: "string" } },
  };
  const { catalogue } = readCatalogue({
    name: "s.json",
    text: JSON.stringify({ self: { web: { server: settings } } }),
  });
  assert.match(
    showService(catalogue!, "web").replace(/\s+/g, " "),
    "list of list of list of list of list or map or map of list or map",
  );
});

test("lists a bounded number of settings of schemas that refer to each other in many ways", () => {
  const type = "object";
  const $defs = Object.fromEntries(
    Array.from({ length: 100 }, (_, level) => [
      level,
      {
        type,
        properties: { x: { $ref: `#/$defs/${level + 1}` }, y: { $ref: `#/$defs/${level + 1}` } },
      },
    ]),
  );
  const role = { $ref: "#/$defs/0", $defs: { ...$defs, 100: { type: "integer" } } };
  const lines = showService(
    readCatalogue({ name: "services.json", text: JSON.stringify({ self: { s: { role } } }) })
      .catalogue!,
    "s",
  ).split("\n");
  assert.is(lines.filter((line) => line.startsWith("  x.")).length, 5000);
  assert.equal(lines.slice(-2), ["  and more", ""]);
});

test.run();
