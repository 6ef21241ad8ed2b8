import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { codeActions } from "../src/edit/actions-at.js";
import { prepareRename, rename } from "../src/edit/rename.js";
import { analyze, type Source } from "../src/index.js";
import { complete } from "../src/questions/complete.js";
import { definition } from "../src/questions/definition.js";
import { highlights } from "../src/questions/highlights.js";
import { hover } from "../src/questions/hover.js";
import { inlays } from "../src/questions/inlays.js";
import { type Reference, references } from "../src/questions/references.js";
import { type OutlineSymbol, symbols } from "../src/questions/symbols.js";
import type { WitEditing } from "../wasm/edits.js";
import type { WitCodeAction, WitCompletions, WitSymbol } from "../wasm/questions.js";
import { componentFile, toComponentOptions, withFiles } from "./component-hosts.js";

const inComponent = withFiles(test, componentFile);
const sources = [
  {
    name: "machines.yaml",
    text: "machines:\n  laptop: { tags: [desk] } # mine\n  server: {}\ntags:\n  backed-up: [server]\n",
  },
  {
    name: "instances.yaml",
    text: "instances:\n  borgbackup:\n    roles:\n      client: { tags: [desk], settings: { exlude: [] } }\n      server: { machines: [server] }\n",
  },
];
/** Some hundred places, of every kind. */
const places = sources.flatMap(({ name, text }) =>
  Array.from({ length: text.length + 1 }, (_, offset) => ({ source: name, offset })),
);

inComponent("questions are answered at every place as the library answers them", async () => {
  const expected = analyze(sources);
  const found = (await instantiate()).analyze(sources, toComponentOptions({}));
  let answers = 0;
  for (const at of places) {
    const where = `${at.source}:${at.offset}`;
    assert.equal(found.definition(at), definition(expected, at), where);
    assert.equal(plain(found.hover(at) ?? null), plain(hover(expected, at) ?? null), where);
    assert.equal(found.references(at), references(expected, at), where);
    assert.equal(found.highlights(at), highlights(expected, at), where);
    assert.equal(found.prepareRename(at), prepareRename(expected, at), where);
    assert.equal(plain(found.complete(at)), plain(complete(expected, at)), where);
    answers += references(expected, at).length;
  }
  assert.ok(answers > 100);
});

inComponent("a name is renamed in all sources", async () => {
  const at = { source: "machines.yaml", offset: sources[0]!.text.indexOf("desk") };
  const { texts, edits } = (await instantiate())
    .analyze(sources, toComponentOptions({}))
    .rename(at, "work");
  const expected = rename(analyze(sources), at, "work");
  assert.equal(
    [...texts],
    expected.sources.map(({ text }) => text),
  );
  assert.equal(plain(edits), plain(expected.edits));
  assert.is(edits.length, 2);
});

inComponent("the outline is a list, in which each part says what it is in", async () => {
  const found = (await instantiate()).analyze(sources, toComponentOptions({}));
  for (const { name } of sources) {
    const list = found.symbols(name);
    const childrenOf = (parent: number | undefined): readonly OutlineSymbol[] =>
      list.flatMap(({ parent: own, ...symbol }, index) =>
        own === parent ? [{ ...symbol, children: childrenOf(index) } as OutlineSymbol] : [],
      );
    assert.equal(plain(childrenOf(undefined)), plain(symbols(analyze(sources), name)));
    assert.ok(list.length > 3);
    assert.equal(plain(found.inlays(name)), plain(inlays(analyze(sources), name)));
  }
});

inComponent("actions are the library's", async () => {
  const found = (await instantiate()).analyze(sources, toComponentOptions({}));
  const start = sources[1]!.text.indexOf("exlude");
  const at = { source: "instances.yaml", start, end: start + 3 };
  const expected = codeActions(analyze(sources), at);
  const actions = found.codeActions(at);
  assert.equal(
    actions.map(({ title, isPreferred }) => [title, isPreferred]),
    expected.map(({ title, isPreferred }) => [title, isPreferred]),
  );
  assert.equal(plain(actions.map(({ edits }) => edits)), plain(expected.map(({ edits }) => edits)));
  assert.is(actions[0]?.diagnostic?.code, "unknown-setting");
});

inComponent("a text that says nothing is known from the analysis before", async () => {
  const Analysis = await instantiate();
  const broken = [{ name: "machines.yaml", text: `${sources[0]!.text}instances: [` }, sources[1]!];
  const options = toComponentOptions({});
  const at = { source: "instances.yaml", offset: sources[1]!.text.indexOf("desk") };
  const found = Analysis.analyze(broken, options, Analysis.analyze(sources, options));
  const expected = analyze(broken, {}, analyze(sources));
  assert.equal(found.references(at), references(expected, at));
  assert.is(found.references(at).length, 2);
});

test.run();

interface At {
  readonly source: string;
  readonly offset: number;
}

interface Analyses {
  analyze(sources: readonly Source[], options: object, earlier?: Questions): Questions;
}

interface Questions {
  complete(at: At): WitCompletions;
  hover(at: At): object | undefined;
  inlays(source: string): readonly object[];
  definition(at: At): readonly object[];
  references(at: At): readonly Reference[];
  highlights(at: At): readonly Reference[];
  symbols(source: string): readonly (Omit<WitSymbol, "parent"> & { readonly parent?: number })[];
  prepareRename(at: At): object | undefined;
  rename(at: At, newName: string): WitEditing;
  codeActions(at: {
    readonly source: string;
    readonly start: number;
    readonly end: number;
  }): readonly WitCodeAction[];
}

async function instantiate(): Promise<Analyses> {
  const compiler = await (
    await import(pathToFileURL(path.join(path.dirname(componentFile), "component/index.js")).href)
  ).instantiate();
  return compiler.Analysis;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
