import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../src/index.js";

function toYaml(text: string): string {
  const source = { name: "inventory.yaml", text };
  const { text: output, diagnostics } = compile(source, { to: "yaml", services: null });
  assert.equal(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return output!;
}

/** What is already as short as can be stays as it is. */
function assertKept(text: string): void {
  assert.is(toYaml(text), text);
}

test("machines, members and modules of which only names are said have the short form", () => {
  assertKept(`machines:
  - laptop
  - server
instances:
  sshd:
    module: ssh
    roles:
      client:
        tags:
          - all
      server:
        machines:
          - laptop
          - server
`);
});

test("the long form stays where there is more to say", () => {
  assertKept(`machines:
  laptop: {}
  server:
    tags:
      - web
instances:
  sshd:
    module:
      input: self
      name: ssh
    roles:
      server:
        machines:
          laptop: {}
          server:
            settings:
              port: 22
`);
});

test("computed tags keep their selectors, lists stay lists", () => {
  assertKept(`machines:
  a:
    tags:
      - x
      - z
  b: {}
tags:
  all-but:
    except:
      - b
  chosen:
    anyOf:
      - x*
    allOf:
      - z
    noneOf:
      - w
    machines:
      - b
    except:
      - a
  listed:
    - a
`);
});

test("with resolved settings, too", () => {
  const source = {
    name: "inventory.yaml",
    text: "machines: [a, b]\ntags: { t: { except: [b] } }\ninstances: { i: { roles: { r: { tags: [t] } } } }\n",
  };
  const { text } = compile(source, { to: "yaml", emit: "resolved", services: null });
  assert.match(text!, "tags:\n  t:\n    except:\n      - b\n");
  assert.match(text!, "machines:\n          - a\n");
});

test("in JSON nothing is short, as Clan takes it", () => {
  const text = "machines: [a]\ntags: { t: { except: [] } }\n";
  const { text: json } = compile({ name: "inventory.yaml", text }, { to: "json", services: null });
  assert.equal(JSON.parse(json!), { machines: { a: {} }, tags: { t: ["a"] } });
});

test.run();
