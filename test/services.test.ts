import { test } from "uvu";
import * as assert from "uvu/assert";
import { readCatalogue } from "../src/catalogue/read-catalogue.js";
import { type CompileOptions, check } from "../src/index.js";
import { readFleets, sourceOf } from "./fleets.js";

const catalogue = readCatalogue({
  name: "services.json",
  text: JSON.stringify({
    self: {
      web: {
        server: {
          type: "object",
          properties: {
            port: { type: "integer" },
            level: { enum: ["low", "high"] },
            list: { type: "array", items: { type: "string" } },
            sets: { enum: [["a"], ["a", "b"]] },
          },
          additionalProperties: false,
        },
      },
    },
  }),
}).catalogue!;

/**
 * `line:column: message` of each finding for one instance of that service, with its related places.
 */
function findings(roles: string, services: typeof catalogue | null = catalogue): string[] {
  const indented = roles.replace(/\n/g, "\n      ");
  const text = `machines: { a: { tags: [x] }, b: { tags: [x, y] }, c: }\ninstances:\n  web:\n    module: { input: self }\n    roles: ${indented}\n`;
  const { diagnostics } = check({ name: "inventory.yaml", text }, { services });
  const aboutService = diagnostics.filter(({ code }) => code !== "idle-role");
  return aboutService.flatMap(({ range, message, related }) => [
    `${range.start.line}:${range.start.column}: ${message}`,
    ...related.map(({ range }) => `${range.start.line}:${range.start.column}`),
  ]);
}

test("points at the layer that a wrong value comes from, once for all members", () => {
  assert.equal(
    findings(
      "{ server: {\ntags: { x: { settings: { prt: 1 } }, all: },\nmachines: { c: { settings: { port: a } } },\nsettings: { level: mid } } }",
    ),
    [
      "6:32: role 'server' of 'web' has no setting 'prt'; did you mean 'port'?",
      "7:42: 'port' of role 'server' must be an integer, found the string \"a\"",
      "8:26: 'level' of role 'server' must be 'low' or 'high', found the string \"mid\"",
    ],
  );
});

test("a misspelt role is not also said to lack machines", () => {
  const services = (role: string) =>
    `machines: [a]\ninstances: { zerotier: { roles: { ${role}: { machines: [a] } } } }\n`;
  const codes = (role: string) =>
    check({ name: "inventory.yaml", text: services(role) }).diagnostics.map(({ code }) => code);
  assert.equal(codes("controler"), ["unknown-role"]);
  assert.equal(codes("server"), ["member-count", "unknown-role"]);
});

test("the last part of a path to a service may be its name", () => {
  const text =
    "machines: [a]\ninstances: { me: { module: clan-core/users, roles: { default: { machines: [a], settings: { user: me } } } } }\n";
  const { diagnostics } = check({ name: "inventory.yaml", text });
  assert.equal(
    diagnostics.map(({ message }) => message),
    ["clan-core has no service 'clan-core/users'; did you mean 'users'?"],
  );
});

test("ignores a definition that another one overrides everywhere", () => {
  assert.equal(
    findings('{ server: { tags: [all], settings: { port: { $mkOverride: [2000, "80"] } } } }')
      .length,
    1,
  );
  assert.equal(
    findings(
      '{ server: { tags: { all: { settings: { port: 80 } } }, settings: { port: { $mkDefault: "80" } } } }',
    ),
    [],
  );
  assert.equal(
    findings(
      '{ server: { tags: { y: { settings: { port: 80 } }, all: }, settings: { port: { $mkDefault: "80" } } } }',
    ).length,
    1,
  );
});

test("ignores a mistake that another definition overrides", () => {
  assert.equal(
    findings(
      '{ server: {\nmachines: { a: { settings: { port: true } } },\nsettings: { port: { $mkDefault: "80" } } } }',
    ),
    ["6:42: 'port' of role 'server' must be an integer, found true"],
  );
});

test("points at each of several layers with the same mistake", () => {
  assert.equal(
    findings(
      "{ server: {\ntags: { x: { settings: { list: [1] } } },\nmachines: { a: { settings: { list: [b, 1] } } } } }",
    ),
    [
      "6:39: 'list[0]' of role 'server' must be a string, found the integer 1",
      "7:46: 'list[1]' of role 'server' must be a string, found the integer 1",
    ],
  );
});

test("points at the layers of other members with equal settings", () => {
  assert.equal(
    findings(
      "{ server: {\nmachines: {\na: { settings: { prt: 1 } },\nc: { settings: { prt: 1 } } } } }",
    ).map((finding) => finding.split(" ")[0]),
    ["7:24:", "8:24:"],
  );
});

test("shows all definitions when only their merged value is wrong", () => {
  assert.equal(
    findings(
      "{ server: {\nmachines: { a: { settings: { sets: [a] } } },\nsettings: { sets: { $mkDefault: [b] } } } }",
    ),
    [],
  );
  assert.equal(
    findings(
      "{ server: {\nmachines: { a: { settings: { sets: [a] } } },\nsettings: { sets: [a] } } }",
    ),
    ['6:42: \'sets\' of role \'server\' must be ["a"] or ["a", "b"], found a list', "7:25"],
  );
});

test("looks at the settings of a role without members", () => {
  assert.equal(findings("{ server: { settings: { prt: 1 } } }").length, 1);
});

test("checks the settings of tags that no machine has, and of unknown machines", () => {
  for (const members of ["", "machines: [c], "]) {
    assert.equal(
      findings(`{ server: {\n${members}tags: { nowhere: { settings: { prt: 1 } } } } }`).filter(
        (finding) => finding.includes("prt"),
      ),
      [
        `6:${members.length + 38}: role 'server' of 'web' has no setting 'prt'; did you mean 'port'?`,
      ],
    );
  }
  assert.equal(
    findings(
      "{ server: {\ntags: { x: { settings: { port: 1 } } },\nmachines: { cc: { settings: { prt: 1 } } } } }",
    ).filter((finding) => finding.includes("prt")),
    ["7:37: role 'server' of 'web' has no setting 'prt'; did you mean 'port'?"],
  );
});

test("knows nothing about other inputs, and nothing at all when turned off", () => {
  assert.equal(findings("{ serve: { settings: { prt: 1 } } }", null), []);
});

test("names the known roles and services: none, one or several", () => {
  const helps = (self: { readonly [service: string]: object }, instance: string) => {
    const services = readCatalogue({ name: "services.json", text: JSON.stringify({ self }) })
      .catalogue!;
    const text = `machines: [a]\ninstances: { ${instance} }\n`;
    return check({ name: "inventory.yaml", text }, { services }).diagnostics.map(
      ({ help }) => help,
    );
  };
  const web = "web: { module: { input: self }, roles: { x: { machines: [a] } } }";
  assert.equal(helps({ web: { server: {} } }, web), ["it has only the role 'server'"]);
  assert.equal(helps({ web: { server: {}, client: {} } }, web), [
    "it has the roles 'server' and 'client'",
  ]);
  assert.equal(helps({ mail: {} }, web), ["it has only the service 'mail'"]);
  assert.equal(helps({}, web), ["it has no services"]);
});

test("names the first of very many values, each shortened, and suggests from all", () => {
  const values = ["x".repeat(50), ...Array.from({ length: 25 }, (_, index) => `v${index}`)];
  const { catalogue } = readCatalogue({
    name: "services.json",
    text: JSON.stringify({ self: { web: { server: { properties: { zone: { enum: values } } } } } }),
  });
  const [finding] = findings("{ server: { settings: { zone: v244 } } }", catalogue);
  assert.match(finding!, `must be '${"x".repeat(37)}...', 'v0', 'v1',`);
  assert.match(
    finding!,
    ", 'v18' or one of 6 others, found the string \"v244\"; did you mean 'v24'",
  );
});

test("warns about real fleets only where Clan confirms it", () => {
  const codes = [
    "unknown-service",
    "unknown-role",
    "unknown-setting",
    "setting-type",
    "member-count",
  ];
  const alarms = readFleets("real.json").flatMap((fleet) => {
    const { diagnostics } = check(sourceOf(fleet), {
      knownMachines: fleet.knownMachines,
      allowNix: true,
    });
    return diagnostics
      .filter(({ code }) => codes.includes(code))
      .map(({ message }) => `${fleet.name}: ${message}`);
  });
  // Clan says of each that the option does not exist, once anything looks at the settings.
  assert.equal(alarms, [
    "real-02: 'extraModules' is not a setting: it belongs beside the 'settings' of the role",
    "real-07: 'extraModules' is not a setting: it belongs beside the 'settings' of the role",
    "real-12: role 'default' of 'admin' has no setting 'allowedkeys'; did you mean 'allowedKeys'?",
  ]);
});

test("clan-core under another name is checked by the built-in catalogue", () => {
  const text =
    "machines: [a]\ninstances: { sshd: { module: { input: clan }, roles: { sever: { machines: [a] } } } }\n";
  const codes = (options: CompileOptions) =>
    check({ name: "a.yaml", text }, options).diagnostics.map(({ code }) => code);
  assert.equal(codes({}), []);
  assert.equal(codes({ clanCoreInput: "clan" }), ["unknown-role"]);
  assert.equal(codes({ clanCoreInput: "other" }), []);
});

for (const [input, expected] of Object.entries({
  slef: ["slef", "self"],
  "clan-cor": ["clan-cor", "clan-core"],
  other: undefined,
  clan: undefined,
  clan_core: undefined,
  ClanCore: undefined,
  my_input: undefined,
  "my-inptu": ["my-inptu", "my-input"],
  "my-input2": undefined,
})) {
  test(`an instance with the input ${input}: ${expected?.[1] ?? "nothing"}`, () => {
    const instance = (name: string, input: string) =>
      `  ${name}: { module: { name: own, input: ${input} }, roles: { r: { machines: [a] } } }\n`;
    const text = `machines: [a]\ninstances:\n${instance("x", input)}${instance("y", "my-input")}${instance("z", "my-input")}`;
    const found = check({ name: "a.yaml", text }).diagnostics.map(({ code, message }) => {
      assert.is(code, "similar-input");
      return message;
    });
    assert.equal(
      found,
      expected
        ? [`this takes a service from '${expected[0]}'; did you mean '${expected[1]}'?`]
        : [],
    );
  });
}

test("an input that is used more than once is called that", () => {
  const text =
    "machines: [a]\ninstances:\n  x: { module: { input: shelf }, roles: { r: { machines: [a] } } }\n  y: { module: { input: shelf }, roles: { r: { machines: [a] } } }\n";
  assert.equal(check({ name: "a.yaml", text }).diagnostics, []);
});

test.run();
