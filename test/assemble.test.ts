import { test } from "uvu";
import * as assert from "uvu/assert";
import { ownForm, treeToData } from "../src/model/value-to-data.js";
import { assemble } from "../src/passes/assemble.js";
import { writeJson } from "../src/text/json-writer.js";
import { resolved } from "./passes.js";

const cases: {
  readonly [behaviour: string]: {
    readonly yaml: string;
    readonly resolved: string;
    readonly declared?: string;
  };
} = {
  "empty parts are left out": {
    yaml: "{meta: {}, machines: , tags: {}, instances: {}}",
    resolved: "{}",
  },
  "an empty machine, tag and instance stay": {
    yaml: "{machines: {a: }, tags: {t: []}, instances: {i: }}",
    resolved: '{"machines":{"a":{}},"tags":{"t":[]},"instances":{"i":{}}}',
  },
  "parts come in their order, names sorted": {
    yaml: "{instances: {b: , a: }, machines: {b: , B: , a: }, meta: {name: x, domain: d}}",
    resolved:
      '{"meta":{"domain":"d","name":"x"},"machines":{"B":{},"a":{},"b":{}},"instances":{"a":{},"b":{}}}',
  },
  "fields of machines nest again": {
    yaml: "machines: {a: {tags: [y, x], deploy: {targetHost: h, forwardAgent: true}, installedAt: 5, machineClass: darwin}}",
    resolved:
      '{"machines":{"a":{"deploy":{"forwardAgent":true,"targetHost":"h"},"installedAt":5,"machineClass":"darwin","tags":["y","x"]}}}',
  },
  "the short form of a module is spelt out": {
    yaml: "instances: {i: {module: m}, j: {module: {name: n, input: self}}}",
    resolved:
      '{"instances":{"i":{"module":{"name":"m"}},"j":{"module":{"input":"self","name":"n"}}}}',
  },
  "members by tag": {
    yaml: "{machines: {b: {tags: [t]}, a: }, tags: {c: {machines: [a]}}, instances: {i: {roles: {r: {tags: [t, c]}}}}}",
    resolved:
      '{"machines":{"a":{},"b":{"tags":["t"]}},"tags":{"c":["a"]},"instances":{"i":{"roles":{"r":{"machines":{"a":{},"b":{}}}}}}}',
    declared:
      '{"machines":{"a":{},"b":{"tags":["t"]}},"tags":{"c":["a"]},"instances":{"i":{"roles":{"r":{"tags":["c","t"]}}}}}',
  },
  "settings of tags, machines and the role": {
    yaml: "{machines: [a], instances: {i: {roles: {r: {machines: {a: {settings: {m: 1}}}, tags: {all: {settings: {t: 1}}, nixos: }, settings: {r: 1}}}}}}",
    resolved:
      '{"machines":{"a":{}},"instances":{"i":{"roles":{"r":{"machines":{"a":{"settings":{"m":1,"r":1,"t":1}}}}}}}}',
    declared:
      '{"machines":{"a":{}},"instances":{"i":{"roles":{"r":{"machines":{"a":{"settings":{"m":1}}},"settings":{"r":1},"tags":{"all":{"settings":{"t":1}},"nixos":{}}}}}}}',
  },
  "a role without members keeps its settings and modules": {
    yaml: "instances: {i: {roles: {r: {settings: {r: 1}, extraModules: [./m.nix]}}}}",
    resolved:
      '{"instances":{"i":{"roles":{"r":{"extraModules":[{"$path":"./m.nix"}],"settings":{"r":1}}}}}}',
    declared:
      '{"instances":{"i":{"roles":{"r":{"extraModules":[{"$path":"./m.nix"}],"settings":{"r":1}}}}}}',
  },
  "settings that a module would swallow come under config": {
    yaml: "{machines: [a], instances: {i: {roles: {r: {machines: {a: {settings: {key: 1, x: 2}}}}}}}}",
    resolved:
      '{"machines":{"a":{}},"instances":{"i":{"roles":{"r":{"machines":{"a":{"settings":{"config":{"key":1,"x":2}}}}}}}}}',
    declared:
      '{"machines":{"a":{}},"instances":{"i":{"roles":{"r":{"machines":{"a":{"settings":{"config":{"key":1,"x":2}}}}}}}}}',
  },
  "a setting named config comes under config": {
    yaml: "instances: {i: {roles: {r: {settings: {config: {config: {a: 1}}}}}}}",
    resolved: '{"instances":{"i":{"roles":{"r":{"settings":{"config":{"config":{"a":1}}}}}}}}',
    declared: '{"instances":{"i":{"roles":{"r":{"settings":{"config":{"config":{"a":1}}}}}}}}',
  },
  "empty settings count as none": {
    yaml: "{machines: [a], instances: {i: {roles: {r: {machines: {a: {settings: {}}}, tags: {t: {settings: {}}}, settings: {x: {_type: if, condition: false, content: 1}}}}}}}",
    resolved: '{"machines":{"a":{}},"instances":{"i":{"roles":{"r":{"machines":{"a":{}}}}}}}',
    declared:
      '{"machines":{"a":{}},"instances":{"i":{"roles":{"r":{"machines":{"a":{}},"tags":["t"]}}}}}',
  },
  "names of JavaScript are ordinary names": {
    yaml: "{machines: [__proto__], tags: {__proto__: [__proto__]}, instances: {__proto__: {roles: {__proto__: {tags: {__proto__: {settings: {__proto__: {__proto__: 1}}}}}}}}}",
    resolved:
      '{"machines":{"__proto__":{}},"tags":{"__proto__":["__proto__"]},"instances":{"__proto__":{"roles":{"__proto__":{"machines":{"__proto__":{"settings":{"__proto__":{"__proto__":1}}}}}}}}}',
    declared:
      '{"machines":{"__proto__":{}},"tags":{"__proto__":["__proto__"]},"instances":{"__proto__":{"roles":{"__proto__":{"tags":{"__proto__":{"settings":{"__proto__":{"__proto__":1}}}}}}}}}',
  },
};

for (const [behaviour, { yaml, ...expected }] of Object.entries(cases)) {
  test(behaviour, () => {
    assert.is(assembled(yaml, "resolved"), expected.resolved);
    assert.is(assembled(yaml, "declared"), expected.declared ?? expected.resolved);
  });
}

test("settings that members share are noted with the names of instance and role", () => {
  const { result } = resolved(
    "{machines: [a, b, c], instances: {i: {roles: {r: {machines: {a: {settings: {x: 2}}, b: , c: }, settings: {x: !mkDefault 1}}, s: {tags: [all]}}}}}",
  );
  const { shared } = assemble(result, "resolved");
  assert.equal([...shared.values()], ["i-r"]);
  assert.is(assemble(result, "declared").shared.size, 0);
});

function assembled(yaml: string, emit: "resolved" | "declared"): string {
  const { tree } = assemble(resolved(yaml, emit).result, emit);
  const parts = Object.entries(tree).map(
    ([part, value]) =>
      `${JSON.stringify(part)}:${JSON.stringify(JSON.parse(writeJson(treeToData(value, ownForm))))}`,
  );
  return `{${parts.join()}}`;
}

test.run();
