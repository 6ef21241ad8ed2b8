import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/compile.js";
import { resolved } from "./passes.js";

const role = (body: string) =>
  `machines: {a: {tags: [t]}, b: {tags: [t]}, c: {tags: [t]}}\ninstances: {i: {roles: {r: {tags: {t: {settings: {s: [t]}}}, ${body}}}}}`;

test("every member has its merged settings", () => {
  const { result, findings } = resolved(
    role("machines: {b: {settings: {s: [b]}}}, settings: {s: [r], x: 1}"),
  );
  const settings = result.settings.get("i")!.get("r")!;
  assert.is(findings, "");
  assert.equal(
    [...settings],
    [
      ["a", { s: ["t", "r"], x: 1 }],
      ["b", { s: ["t", "b", "r"], x: 1 }],
      ["c", { s: ["t", "r"], x: 1 }],
    ],
  );
});

test("equal settings within a role are one object, whatever their layers", () => {
  const { result } = resolved(
    role("machines: {a: {settings: {x: 1, y: 2}}, b: {settings: {y: 2, x: 1}}}"),
  );
  const settings = result.settings.get("i")!.get("r")!;
  assert.is(settings.get("a"), settings.get("b"));
  assert.is.not(settings.get("a"), settings.get("c"));
});

test("the same conflict counts members that have other settings of their own", () => {
  const { findings } = resolved(
    role("settings: {x: 1}, machines: {b: {settings: {own: 1}}}").replace("{s: [t]}", "{x: 2}"),
  );
  assert.is(
    findings,
    "error settings-conflict: tag 't' and the role define 'x' differently, for 'a' and 2 more in role 'r' of 'i'\n",
  );
});

test("a conflict inside one layer says in how many places", () => {
  const { findings } = resolved(
    role("settings: {config: {_type: merge, contents: [{x: 1}, {x: 2}]}}"),
  );
  assert.is(
    findings,
    "error settings-conflict: the role defines 'x' differently in two places, for 'a' and 2 more in role 'r' of 'i'\n",
  );
});

test("each conflict is reported, however alike they are", () => {
  const { findings } = resolved(role("settings: {x: 1, y: 1}").replace("{s: [t]}", "{x: 2, y: 2}"));
  assert.equal(findings.match(/define '[xy]' differently/g), [
    "define 'x' differently",
    "define 'y' differently",
  ]);
});

test("settings that differ only in kind are not one object", () => {
  const { result } = resolved(
    role("machines: {a: {settings: {x: 1}}, b: {settings: {x: 1.0}}, c: {settings: {x: '1'}}}"),
  );
  assert.is(new Set(result.settings.get("i")!.get("r")!.values()).size, 3);
  const { result: lists } = resolved(
    role(
      "machines: {a: {settings: {x: [u, u]}}, b: {settings: {x: {_type: merge, contents: [u, u]}}}}",
    ),
  );
  assert.is(new Set(lists.settings.get("i")!.get("r")!.values()).size, 3);
});

test("distinct settings add up to a bounded number of values", () => {
  // Each layer has a map, a list and an item: two layers for a and c, three for b.
  const text = role("machines: {b: {settings: {s: [b]}}}, settings: {s: [r]}");
  assert.is(resolved(text, "resolved", 15).findings, "");
  const { result, findings } = resolved(text, "resolved", 14);
  assert.is(
    findings,
    "error limit-exceeded: the merged settings of all members add up to more than 14 values\n",
  );
  assert.is(result.inventory.instances.size, 0);
});

test("long texts and names count for more, special forms for their contents", () => {
  const spent = (settings: string, most: number) =>
    resolved(
      `machines: {m: }\ninstances: {i: {roles: {r: {machines: [m], settings: {${settings}}}}}}`,
      "resolved",
      most,
    ).findings !== "";
  for (const [settings, size] of [
    ["x: 1", 2],
    [`x: ${"a".repeat(64)}`, 3],
    [`${"a".repeat(64)}: 1`, 3],
    ["x: !mkForce [1, {y: null}]", 6],
    ["x: !path ./a", 2],
    [`x: !nix "${"a".repeat(128)}"`, 4],
  ] as const) {
    assert.equal([spent(settings, size - 1), spent(settings, size)], [true, false], settings);
  }
});

test("instances and roles are independent", () => {
  const { result, findings } = resolved(
    "machines: {a: }\ninstances: {i: {roles: {r: {machines: [a], settings: {s: 1}}, q: {machines: [a], settings: {s: 2}}}}, j: {roles: {r: {machines: [a]}}}}",
  );
  assert.is(findings, "");
  assert.equal(
    [...result.settings].map(([name, roles]) => [
      name,
      [...roles].map(([role, members]) => [role, [...members]]),
    ]),
    [
      [
        "i",
        [
          ["r", [["a", { s: 1 }]]],
          ["q", [["a", { s: 2 }]]],
        ],
      ],
      ["j", [["r", [["a", {}]]]]],
    ],
  );
});

test("a conflict is reported once, with one member named and the others counted", () => {
  const { findings } = resolved(
    role("settings: {x: {y: 1}}, machines: {a: , b: {settings: {x: {y: 2}}}}").replace(
      "{s: [t]}",
      "{x: {y: 3}}",
    ),
  );
  assert.is(
    findings,
    `error settings-conflict: tag 't' and the role define 'x.y' differently, for 'a' and 1 more in role 'r' of 'i'
error settings-conflict: tag 't', machine 'b' and the role define 'x.y' differently, for 'b' in role 'r' of 'i'
`,
  );
});

test("strings that differ are an error when resolved, a warning when declared; other values an error in both", () => {
  const strings = role("settings: {x: b}").replace("{s: [t]}", "{x: a}");
  const numbers = role("settings: {x: 1}").replace("{s: [t]}", "{x: 2}");
  const severity = (text: string, emit: "resolved" | "declared") =>
    resolved(text, emit).findings.split(" ")[0];
  assert.equal(
    [severity(strings, "resolved"), severity(strings, "declared")],
    ["error", "warning"],
  );
  assert.equal([severity(numbers, "resolved"), severity(numbers, "declared")], ["error", "error"]);
});

for (const [layer, role, by] of [
  ["a role without members", "settings: {x: {_type: merge, contents: [1, 2]}, y: 1}", "the role"],
  [
    "a tag that no machine has",
    "machines: [m], tags: {t: {settings: {x: {_type: merge, contents: [1, 2]}}}}",
    "tag 't'",
  ],
  [
    "an unknown machine",
    "machines: {m: , n: {settings: {x: {_type: merge, contents: [1, 2]}}}}",
    "machine 'n'",
  ],
] as const) {
  test(`a conflict in a layer that no member has, ${layer}, is reported in both forms`, () => {
    for (const emit of ["resolved", "declared"] as const) {
      const { findings } = resolved(
        `machines: {m: }\ninstances: {i: {roles: {r: {${role}}}}}`,
        emit,
      );
      assert.is(
        findings,
        `error settings-conflict: ${by} defines 'x' differently in two places in role 'r' of 'i'\n`,
      );
    }
  });
}

test("strings that differ in a layer without members are a warning, since they are emitted as written", () => {
  const file = (x: unknown) => ({
    name: "i.json",
    text: JSON.stringify({ instances: { i: { roles: { r: { settings: { x } } } } } }),
  });
  const severities = (...values: readonly unknown[]) =>
    check(values.map(file), { services: null })
      .diagnostics.filter(({ code }) => code === "settings-conflict")
      .map(({ severity, related }) => `${severity} ${related.length}`);
  assert.equal(severities("a", "b"), ["warning 1"]);
  assert.equal(severities(1, 2), ["error 1"]);
  assert.equal(severities("a", "a", [1]), ["error 2"]);
});

test("a conflict in a layer that members have is reported once, for them", () => {
  const { findings } = resolved(
    "machines: {m: , n: }\ninstances: {i: {roles: {r: {machines: [m, n], settings: {x: {_type: merge, contents: [1, 2]}}}}}}",
  );
  assert.is(
    findings,
    "error settings-conflict: the role defines 'x' differently in two places, for 'm' and 1 more in role 'r' of 'i'\n",
  );
});

test("a role without members has no settings to merge", () => {
  const { result, findings } = resolved("instances: {i: {roles: {r: {settings: {a: 1}}}}}");
  assert.is(findings, "");
  assert.is(result.settings.get("i")!.get("r")!.size, 0);
});

test.run();
