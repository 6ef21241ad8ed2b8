import { test } from "uvu";
import * as assert from "uvu/assert";
import builtIn from "../schema/clan-core.json" with { type: "json" };
import { completeCatalogue, readCatalogue } from "../src/catalogue/read-catalogue.js";
import { catalogueData } from "../src/model/catalogue.js";
import { writeJson } from "../src/text/json-writer.js";

function read(data: unknown) {
  return readCatalogue({
    name: "services.json",
    text: typeof data === "string" ? data : JSON.stringify(data),
  });
}

/** `line:column code: message` of each finding. */
function problems(data: unknown): string[] {
  return read(data).diagnostics.map(
    ({ range, code, message }) => `${range.start.line}:${range.start.column} ${code}: ${message}`,
  );
}

const role = {
  type: "object",
  properties: { port: { type: "integer" } },
  additionalProperties: false,
};

test("knows clan-core without being told, with its date, as warnings", () => {
  const set = completeCatalogue(undefined).inputs.get("clan-core")!;
  assert.is(set.date, builtIn.date);
  assert.is(set.severity, "warning");
  assert.equal([...set.services.get("sshd")!.roles.keys()], ["client", "server"]);
  assert.is(set.services.get("zerotier")!.roles.get("controller")!.maxMachines, 1);
});

test("the built-in catalogue has no mistakes", () => {
  assert.equal(problems(builtIn), []);
});

test("knows nothing when told to", () => {
  assert.is(completeCatalogue(null).inputs.size, 0);
});

test("replaces the built-in catalogue input by input", () => {
  const own = completeCatalogue(read({ source: "self", services: { a: { roles: {} } } }).catalogue);
  assert.equal([...own.inputs.keys()], ["clan-core", "self"]);
  assert.is(own.inputs.get("self")!.severity, "error");
  const core = completeCatalogue(
    read({ source: "clan-core", services: { a: { roles: {} } } }).catalogue,
  );
  assert.equal([...core.inputs.get("clan-core")!.services.keys()], ["a"]);
});

test("reads Clan's export, whose schemas have an implicit root", () => {
  const exported = {
    self: {
      web: {
        server: { $schema: "https://json-schema.org/draft/2020-12/schema", $defs: { Input: role } },
      },
    },
    other: { db: { main: role } },
  };
  const { catalogue, diagnostics } = read(exported);
  assert.equal(diagnostics, []);
  assert.equal(catalogue!.inputs.get("self")!.services.get("web")!.roles.get("server")!.settings, {
    ...exported.self.web.server,
    $ref: "#/$defs/Input",
  });
  assert.equal(
    catalogue!.inputs.get("other")!.services.get("db")!.roles.get("main")!.settings,
    role,
  );
});

test("reads what it writes", () => {
  const given = [
    {
      source: "self",
      date: "2026-01-02",
      services: {
        web: { maxInstances: 2, roles: { server: { minMachines: 1, settings: role }, client: {} } },
      },
    },
    { source: "other", services: {} },
  ];
  const written = writeJson(catalogueData(read(given).catalogue!));
  assert.equal(JSON.parse(written), given);
  assert.is(writeJson(catalogueData(read(written).catalogue!)), written);
});

test("writes one service of all inputs", () => {
  const { catalogue } = read({ source: "self", services: { a: { roles: {} }, b: { roles: {} } } });
  assert.equal(catalogueData(catalogue!, "b"), [
    { source: "self", services: { b: { roles: {} } } },
  ]);
});

test("shows mistakes in a catalogue at their places, and then returns no catalogue", () => {
  assert.equal(problems({ self: { a: { r: { type: "strin" } } } }), [
    "1:27 invalid-choice: 'strin' is not allowed here; did you mean 'string'?",
  ]);
  assert.equal(problems({ self: { a: { r: 1 }, b: 2 } }), [
    "1:19 invalid-type: expected a map, found 1",
    "1:26 invalid-type: expected a map, found 2",
  ]);
  assert.equal(problems({ source: "self", service: {} }), [
    "1:18 unknown-key: unknown key 'service'; did you mean 'services'?",
  ]);
  assert.equal(
    problems({ source: "self", services: { a: { roles: { r: { maxMachines: "1" } } } } }),
    ["1:63 invalid-type: expected an integer, found a string"],
  );
  assert.equal(problems([{ source: "self", services: {} }, 1]), [
    "1:34 invalid-type: expected a map, found 1",
  ]);
  assert.equal(problems({ self: { a: { r: { oneOf: {}, items: 1, enum: 1 } } } }), [
    "1:28 invalid-type: expected a list, found a map",
    "1:39 invalid-type: expected a map, found 1",
    "1:48 invalid-type: expected a list, found 1",
  ]);
  assert.equal(problems("{"), ["1:2 unexpected-end: the text ends before its value is complete"]);
  assert.is(read({ self: 1 }).catalogue, undefined);
});

test("refuses references that lead nowhere or only to themselves", () => {
  assert.match(
    problems({ self: { a: { r: { $ref: "#/$defs/none" } } } })[0]!,
    "'$ref' points to nothing in this schema",
  );
  assert.match(
    problems({ self: { a: { r: { $ref: "https://example.org/schema" } } } })[0]!,
    "'$ref' points to nothing in this schema",
  );
  assert.match(
    problems({
      self: {
        a: {
          r: {
            $ref: "#/$defs/A",
            $defs: { A: { oneOf: [{ type: "null" }, { $ref: "#/$defs/A" }] } },
          },
        },
      },
    })[0]!,
    "only refers to itself",
  );
  assert.equal(
    problems({
      self: {
        a: {
          r: { $ref: "#/$defs/A", $defs: { A: { type: "array", items: { $ref: "#/$defs/A" } } } },
        },
      },
    }),
    [],
  );
});

test("looks at a schema that many refer to once, and refuses chains of references without end", () => {
  const chain = (length: number, link: (next: object) => object) => ({
    $ref: "#/$defs/0",
    $defs: Object.fromEntries(
      Array.from({ length }, (_, index) => [
        index,
        index === length - 1 ? { type: "string" } : link({ $ref: `#/$defs/${index + 1}` }),
      ]),
    ),
  });
  assert.equal(
    problems({ self: { a: { r: chain(5000, (next) => ({ type: "array", items: next })) } } }),
    [],
  );
  assert.equal(
    problems({ self: { a: { r: chain(10, (next) => ({ anyOf: [next, next] })) } } }),
    [],
  );
  assert.match(
    problems({ self: { a: { r: chain(1000, (next) => ({ anyOf: [next, next] })) } } })[0]!,
    "a chain of more than 20 other schemas",
  );
  assert.match(
    problems({ self: { a: { r: chain(100_000, (next) => next) } } })[0]!,
    "a chain of more than 20 other schemas",
  );
});

test.run();
