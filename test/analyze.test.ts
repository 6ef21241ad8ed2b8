import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Analysis, analyze, check, compile, explain, type Source } from "../src/index.js";

const fleet: Source = {
  name: "fleet.yaml",
  text: `machines: { laptop: { tags: [mobile] }, server: }
instances:
  web:
    module: { name: web, input: self }
    roles:
      server:
        tags: { mobile: { settings: { "a b": { c: 1 } } } }
        machines: [server]
`,
};

test("one analysis answers what each function alone would", () => {
  const analysis = analyze(fleet);
  assert.equal(analysis.emit(), compile(fleet));
  assert.equal(analysis.emit("json"), compile(fleet, { to: "json" }));
  assert.equal(analysis.emit("yaml"), compile(fleet, { to: "yaml" }));
  assert.equal(Object.keys(analysis.plan().plan!.machines), ["laptop", "server"]);
  const question = { machine: "laptop", instance: "web" };
  assert.equal(analysis.explain(question), explain(fleet, question));
  assert.not(analysis.hasErrors);
});

test("an output may have findings of its own, which the analysis does not keep", () => {
  const source = { ...fleet, text: fleet.text.replace("c: 1", "c: !path ./c") };
  const analysis = analyze(source);
  const { text, diagnostics } = analysis.emit("json");
  assert.equal([text, diagnostics.map(({ code }) => code)], [undefined, ["not-serializable"]]);
  assert.equal(analysis.diagnostics, []);
  assert.type(analysis.emit("nix").text, "string");
});

test("a setting may be asked for by a path or by a list of keys", () => {
  const ask = (setting: string | readonly string[]) =>
    explain(fleet, { machine: "laptop", instance: "web", setting });
  assert.equal(ask(["a b", "c"]), ask('"a b".c'));
  assert.is(ask(["a b", "c"]).explanation!.memberships[0]!.settings![0]!.value, 1);
  assert.match(ask(["a", "b"]).mistake!, "nothing defines the setting 'a.b'");
});

test("no source, and words that an option does not have, are refused in plain words", () => {
  assert.throws(() => analyze([]), /^an inventory needs at least one source$/);
  const asAny = (options: object) => () => compile(fleet, options);
  assert.throws(
    asAny({ to: "xml" }),
    /^the option 'to' is one of 'nix', 'json', 'yaml', not 'xml'$/,
  );
  assert.throws(
    asAny({ emit: "all" }),
    /^the option 'emit' is one of 'resolved', 'declared', not 'all'$/,
  );
});

test("an earlier analysis spares the reading of sources that are the same", () => {
  const kept: Source = { name: "kept.yaml", text: "machines: { kept: }\n" };
  const first = analyze([kept, fleet]);
  // It has the text that it had for one look, which compares it; whoever reads it finds another.
  let looks = 0;
  const again: Source = {
    name: kept.name,
    get text() {
      return looks++ === 0 ? kept.text : "machines: { read-again: }\n";
    },
  };
  const changed = { ...fleet, text: fleet.text.replaceAll("laptop", "notebook") };
  const second = analyze([again, changed], {}, first);
  assert.equal(Object.keys(second.plan().plan!.machines), ["kept", "notebook", "server"]);
  assert.equal(shown(second), shown(analyze([kept, changed])));
  assert.equal(shown(first), shown(analyze([kept, fleet])));
});

test("other limits are reason enough to read again", () => {
  const first = analyze(fleet);
  const second = analyze(fleet, { limits: { values: 3 } }, first);
  assert.equal(
    second.diagnostics.map(({ code }) => code),
    ["limit-exceeded"],
  );
  assert.equal(analyze(fleet, {}, second).diagnostics, []);
});

function shown(analysis: Analysis) {
  return [analysis.emit(), analysis.plan()];
}

test("among several sources, an empty one adds nothing", () => {
  const full = { name: "a.yaml", text: "machines: [a]\n" };
  for (const text of ["", "# later\n", "---\n"]) {
    const empty = { name: "b.yaml", text };
    assert.equal(check([full, empty]).diagnostics, [], text);
    assert.is(compile([full, empty]).text?.includes("a = { };"), true);
    assert.equal(
      check([empty, { ...empty, name: "c.yaml" }]).diagnostics.map(({ code }) => code),
      ["empty-input", "empty-input"],
    );
    const earlier = analyze([full, empty]);
    assert.is(analyze(empty, {}, earlier).diagnostics[0]?.code, "empty-input");
  }
  assert.is(check([full, { name: "b.json", text: "" }]).diagnostics.length, 0);
});

test.run();
