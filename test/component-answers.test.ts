import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Applicability,
  analyze,
  compile,
  type Diagnostic,
  diff,
  explain,
  fix,
  graph,
  plan,
  type Source,
  showJson,
} from "../src/index.js";
import { readPath } from "../src/model/setting-path.js";
import type { WitDifference, WitExplanation, WitPlan } from "../wasm/answers.js";
import { readCases } from "./cases.js";
import {
  componentFile,
  diagnosticRecords,
  toComponentOptions,
  withFiles,
} from "./component-hosts.js";

const cases = readCases().filter(({ name }) =>
  [
    "fleet-company",
    "kitchen-sink",
    "split-by-site",
    "known-machines",
    "merge-maps-of-different-priority",
    "merge-priorities",
    "tags-computed",
    "error-unknown-machine",
    "error-many-mistakes",
    "error-invalid-type",
  ].includes(name),
);
const inComponent = withFiles(test, componentFile);

inComponent("plans are the library's", async () => {
  const compiler = await instantiate();
  for (const { name, sources, options } of cases) {
    const expected = plan(sources, options);
    const { plan: found, diagnostics } = compiler.plan(sources, toComponentOptions(options));
    assert.equal(diagnosticRecords(diagnostics), diagnosticRecords(expected.diagnostics), name);
    assert.equal(
      found && readPlan(found),
      expected.plan && JSON.parse(showJson(expected.plan)),
      name,
    );
  }
});

inComponent("a limit may be the largest number that the interface has", async () => {
  const { compile: compileOnce } = await instantiate();
  const { sources, options } = cases.find(({ name }) => name === "fleet-company")!;
  for (const name of ["size", "values", "patterns", "members", "settings", "checks", "output"]) {
    const limits = { [name]: 2 ** 32 - 1 };
    const found = compileOnce(sources, { ...toComponentOptions(options), limits });
    assert.equal(found.diagnostics, [], name);
  }
});

inComponent("what Clan reads itself counts, and is not repeated", async () => {
  const { compile: compileOnce, plan: planOnce } = await instantiate();
  const sources = (isCompanion: boolean | undefined): readonly Source[] => [
    {
      name: "inventory.yaml",
      text: "machines: [a]\ninstances: { i: { module: sshd, roles: { client: { tags: [all] } } } }\n",
    },
    { name: "inventory.json", text: '{"machines": {"kiosk": {}}}', isCompanion },
  ];
  const texts = [true, false, undefined].map((isCompanion) => {
    const given = sources(isCompanion);
    const { text } = compileOnce(given, toComponentOptions({})) as { readonly text?: string };
    assert.is(text, compile(given).text);
    const found = planOnce(given, toComponentOptions({})).plan;
    assert.equal(found && readPlan(found), JSON.parse(showJson(plan(given).plan!)));
    return text;
  });
  assert.is.not(texts[0], texts[1]);
  assert.is(texts[1], texts[2]);
});

inComponent("services are checked against the clan-core that is asked for", async () => {
  const { check: checkOnce } = await instantiate();
  const sources = [
    {
      name: "inventory.yaml",
      text: "machines: [a]\ninstances: { pki: { roles: { default: { machines: [a] } } } }\n",
    },
  ];
  const [old, latest] = ["2026-01-01", "latest"].map((clanCore) => {
    const found = diagnosticRecords(
      checkOnce(sources, toComponentOptions({ clanCore })) as readonly Diagnostic[],
    );
    assert.equal(found, diagnosticRecords(analyze(sources, { clanCore }).diagnostics));
    return JSON.stringify(found);
  });
  assert.is.not(old, latest);
  assert.throws(
    () => checkOnce(sources, toComponentOptions({ clanCore: "1.0" })),
    (error: Error) =>
      /no clan-core '1\.0' is built in/.test(JSON.stringify([error, error.message])),
  );
});

inComponent("an analysis answers as the functions do, also after an earlier one", async () => {
  const { Analysis, ...compiler } = await instantiate();
  for (const { name, sources, options } of cases) {
    const given = toComponentOptions(options);
    const first = Analysis.analyze(sources, given, undefined);
    const again = Analysis.analyze(sources, given, first);
    for (const analysis of [first, again]) {
      assert.equal(analysis.emit(undefined), compiler.compile(sources, given), name);
      assert.equal(analysis.plan(), compiler.plan(sources, given), name);
      assert.equal(analysis.graph(), compiler.graph(sources, given), name);
      assert.equal(analysis.diagnostics(), compiler.check(sources, given), name);
      assert.equal(analysis.since(first), compiler.diff(sources, sources, given), name);
    }
  }
});

inComponent("fixes are the library's", async () => {
  const { Analysis, applyFixes } = await instantiate();
  for (const { name, sources, options } of cases) {
    const given = toComponentOptions(options);
    const { diagnostics } = analyze(sources, options);
    const found = Analysis.analyze(sources, given).fixes();
    assert.equal(plain(found), plain(diagnostics.map(({ fixes = [] }) => fixes)), name);
    for (const applicability of ["safe", "unsafe"] as const) {
      const expected = fix(sources, options, applicability);
      const { texts, applied } = applyFixes(sources, given, applicability);
      assert.equal(
        [...texts],
        expected.sources.map(({ text }) => text),
        name,
      );
      assert.is(applied, expected.applied, name);
    }
  }
});

inComponent("explanations of every machine in every instance are the library's", async () => {
  const { Analysis, explain: explainOnce } = await instantiate();
  for (const { name, sources, options } of cases) {
    const given = toComponentOptions(options);
    const [expected, found] = [analyze(sources, options), Analysis.analyze(sources, given)];
    const { machines = {} } = expected.plan().plan ?? {};
    const instances = new Set(
      Object.values(machines).flatMap(({ instances }) => Object.keys(instances)),
    );
    const questions = Object.keys(machines).flatMap((machine) => [
      { machine },
      ...[...instances].map((instance) => ({ machine, instance })),
    ]);
    for (const question of questions) {
      assert.equal(
        readExplanation(found.explain(question).explanation!),
        JSON.parse(showJson(expected.explain(question).explanation!)),
        `${name}: ${JSON.stringify(question)}`,
      );
    }
    for (const question of questions.slice(0, 2)) {
      assert.equal(explainOnce(sources, question, given), found.explain(question), name);
    }
  }
});

inComponent("a question with a mistake, and sources with one, have no explanation", async () => {
  const compiler = await instantiate();
  const { sources } = cases.find(({ name }) => name === "fleet-company")!;
  const ask = (sources: readonly Source[], question: object) =>
    withRecords(compiler.explain(sources, question, toComponentOptions({})));
  const machine = Object.keys(plan(sources).plan!.machines)[0]!;
  for (const question of [
    { machine: `${machine}x` },
    { machine, instance: "none" },
    { machine, setting: "none" },
  ]) {
    const { mistake, diagnostics } = explain(sources, question);
    assert.type(mistake, "string");
    assert.equal(ask(sources, question), withRecords({ mistake, diagnostics }));
  }
  const broken = [{ name: "a.yaml", text: "machines: [" }];
  assert.equal(
    ask(broken, { machine }),
    withRecords({ diagnostics: explain(broken, { machine }).diagnostics }),
  );
});

inComponent("differences between any two cases are the library's", async () => {
  const compiler = await instantiate();
  const options = { allowNix: true };
  for (const [index, { name, sources: before }] of cases.entries()) {
    const { name: nextName, sources: after } = cases[(index + 1) % cases.length]!;
    const [old, now] = [plan(before, options), plan(after, options)];
    const found = compiler.diff(before, after, toComponentOptions(options));
    assert.equal(
      [found.before, found.after].map(diagnosticRecords),
      [old.diagnostics, now.diagnostics].map(diagnosticRecords),
      name,
    );
    const expected = old.plan && now.plan && JSON.parse(showJson(diff(old.plan, now.plan)));
    assert.equal(
      found.difference && readDifference(found.difference),
      expected,
      `${name}, ${nextName}`,
    );
  }
});

inComponent("differences in every field are the library's", async () => {
  const compiler = await instantiate();
  const read = (text: string) => [{ name: "inventory.yaml", text }];
  const before = read(
    "meta: { name: a }\nmachines: { m: { tags: [t], description: x }, n: , gone: }\ninstances: { i: { module: { name: x, input: self }, roles: { r: { tags: [t], settings: { a.b: 1 }, extraModules: [./a.nix] }, lost: { machines: [n] } } } }\n",
  );
  const after = read(
    "meta: { name: b }\nmachines: { m: { tags: [t, u] }, n: , new: }\ninstances: { i: { module: { name: y, input: self }, roles: { r: { tags: [t], settings: { a.b: 1.0, c: null }, extraModules: [./b.nix] }, won: { machines: [n] } } } }\n",
  );
  const expected = JSON.parse(showJson(diff(plan(before).plan!, plan(after).plan!)));
  const { difference } = compiler.diff(before, after, toComponentOptions({}));
  assert.equal(readDifference(difference!), expected);
  assert.equal(difference!.changed[0]!.rolesChanged[0]!.settings[0], {
    path: '"a.b"',
    before: "1",
    after: "1.0",
  });
});

inComponent("numbers in JSON stay what they are", async () => {
  const compiler = await instantiate();
  const text =
    "machines: { m: }\ninstances: { i: { module: { name: x, input: self }, roles: { r: { machines: [m], settings: { big: 9007199254740993, float: 1.0 } } } } }\n";
  const [role] = compiler.plan([{ name: "a.yaml", text }], toComponentOptions({})).plan!
    .machines[0]!.instances[0]!.roles;
  assert.is(role!.settings.replace(/\s/g, ""), '{"big":9007199254740993,"float":1.0}');
});

inComponent("graphs are the library's", async () => {
  const compiler = await instantiate();
  for (const { name, sources, options } of cases) {
    const { plan: made } = plan(sources, options);
    assert.is(
      compiler.graph(sources, toComponentOptions(options)).graph,
      made && graph(made),
      name,
    );
  }
});

test.run();

interface Answer {
  readonly diagnostics: readonly Diagnostic[];
}

/** An analysis, whose answers are those of the functions. */
interface WitAnalysis {
  emit(to: undefined): unknown;
  plan(): unknown;
  graph(): unknown;
  diagnostics(): unknown;
  fixes(): unknown;
  since(before: WitAnalysis): unknown;
  explain(question: object): Answer & { readonly explanation?: WitExplanation };
}

/** The component in Node, where `option` without a value is `undefined`. */
interface Compiler {
  readonly Analysis: {
    analyze(sources: readonly Source[], options: object, earlier?: WitAnalysis): WitAnalysis;
  };
  compile(sources: readonly Source[], options: object): Answer;
  check(sources: readonly Source[], options: object): readonly object[];
  applyFixes(
    sources: readonly Source[],
    options: object,
    applicability: Applicability,
  ): { readonly texts: readonly string[]; readonly applied: number };
  plan(sources: readonly Source[], options: object): Answer & { readonly plan?: WitPlan };
  explain(
    sources: readonly Source[],
    question: object,
    options: object,
  ): Answer & { readonly explanation?: WitExplanation; readonly mistake?: string };
  diff(
    before: readonly Source[],
    after: readonly Source[],
    options: object,
  ): {
    readonly difference?: WitDifference;
    readonly before: readonly Diagnostic[];
    readonly after: readonly Diagnostic[];
  };
  graph(sources: readonly Source[], options: object): Answer & { readonly graph?: string };
}

async function instantiate(): Promise<Compiler> {
  return (
    await import(pathToFileURL(path.join(path.dirname(componentFile), "component/index.js")).href)
  ).instantiate();
}

// What follows makes of records what the library would have given, as JSON.

function readPlan({ meta, machines }: WitPlan): unknown {
  return plain({
    meta: readFields(meta),
    machines: byName(machines, ({ name: _, fields, instances, ...machine }) => ({
      ...machine,
      fields: readFields(fields),
      instances: byName(instances, ({ module, roles }) => ({
        module,
        roles: byName(roles, readRole),
      })),
    })),
  });
}

function readRole({
  byName,
  byTags,
  settings,
  undecided,
  forNix,
  extraModules,
}: WitPlan["machines"][number]["instances"][number]["roles"][number]): object {
  return {
    through: { name: byName, tags: byTags },
    settings: JSON.parse(settings),
    ...(undecided.length > 0 && { undecided: undecided.map(readPath) }),
    forNix: readValue(forNix),
    ...(extraModules.length > 0 && { extraModules: extraModules.map(readValue) }),
  };
}

function readExplanation({ tags, memberships, ...explanation }: WitExplanation): unknown {
  const kinds: { readonly [kind: string]: string } = { "any-of": "anyOf", "all-of": "allOf" };
  return plain({
    ...explanation,
    tags: tags.map(({ tag, reasons }) => ({
      tag,
      reasons: reasons.map(({ kind, ...reason }) => ({ kind: kinds[kind] ?? kind, ...reason })),
    })),
    memberships: memberships.map(({ reasons, settings, ...membership }) => ({
      ...membership,
      reasons: reasons.map((reason) => ({
        kind: reason.tag === undefined ? "name" : "tag",
        ...reason,
      })),
      settings: settings?.map(({ path, value, definitions, ...setting }) => ({
        ...setting,
        path: readPath(path),
        value: readValue(value),
        definitions: definitions.map(({ layer, value, sources, ...definition }) => ({
          ...(sources.length > 0 && { sources }),
          ...definition,
          layer: { kind: layer.tag, name: layer.val ?? "" },
          value: readValue(value),
        })),
      })),
    })),
  });
}

function readDifference({ meta, changed, ...difference }: WitDifference): unknown {
  return plain({
    ...difference,
    meta: meta.map(readChange),
    changed: Object.fromEntries(
      changed.map(
        ({ machine, fields, tagsGained, tagsLost, rolesGained, rolesLost, rolesChanged }) => [
          machine,
          {
            fields: fields.map(readChange),
            tags: { gained: tagsGained, lost: tagsLost },
            roles: {
              gained: rolesGained,
              lost: rolesLost,
              changed: rolesChanged.map(readRoleDifference),
            },
          },
        ],
      ),
    ),
  });
}

function readRoleDifference({
  settings,
  extraModules,
  ...difference
}: WitDifference["changed"][number]["rolesChanged"][number]): object {
  return {
    ...difference,
    settings: settings.map(readChange),
    extraModules: extraModules && {
      before: extraModules.before.map(readValue),
      after: extraModules.after.map(readValue),
    },
  };
}

function readChange({ path, before, after }: WitDifference["meta"][number]): object {
  return { path: readPath(path), before: readValue(before), after: readValue(after) };
}

function readFields(fields: WitPlan["meta"]): object {
  return byName(fields, ({ value }) => readValue(value));
}

function readValue(json: string | null | undefined): unknown {
  return typeof json === "string" ? JSON.parse(json) : undefined;
}

function byName<T extends { readonly name: string }>(
  list: readonly T[],
  read: (entry: T) => unknown,
): object {
  return Object.fromEntries(list.map((entry) => [entry.name, read(entry)]));
}

/** Without what is `undefined`. */
function withRecords(answer: Answer & { readonly mistake?: string | undefined }): unknown {
  return { ...(plain(answer) as object), diagnostics: diagnosticRecords(answer.diagnostics) };
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
