import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Analysis, analyze, compile, explain, type Source } from "../src/index.js";

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
  const other = counted({ name: "other.yaml", text: "machines: { more: }\n" });
  const first = analyze([counted(fleet).source, other.source]);
  const before = other.count();
  const changed = { ...fleet, text: fleet.text.replaceAll("laptop", "notebook") };
  const second = analyze([changed, other.source], {}, first);
  // The text is compared, and looked at for positions, but not read.
  const spared = other.count() - before;
  const third = counted({ name: "other.yaml", text: "machines: { more: }\n" });
  analyze([changed, third.source]);
  assert.ok(spared < third.count(), `${spared} looks at the text, ${third.count()} without`);
  assert.equal(
    shown(second),
    shown(analyze([changed, { name: "other.yaml", text: "machines: { more: }\n" }])),
  );
  assert.equal(
    shown(first),
    shown(analyze([fleet, { name: "other.yaml", text: "machines: { more: }\n" }])),
  );
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

/** A source that counts how often its text is asked for. */
function counted(source: Source): { readonly source: Source; readonly count: () => number } {
  let count = 0;
  return {
    source: {
      name: source.name,
      get text() {
        count++;
        return source.text;
      },
    },
    count: () => count,
  };
}

function shown(analysis: Analysis) {
  return [analysis.emit(), analysis.plan()];
}

test.run();
