import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { type CompileOptions, compile, type Source } from "../../src/index.js";
import { componentFile, toComponentOptions } from "../component-hosts.js";
import { ensure, type Front } from "./front.js";
import { inventoryTexts, names } from "./texts.js";

/** Exports take records; a `result` with an error, and a trap, are exceptions. */
type Exports = { readonly [name: string]: (...args: readonly unknown[]) => unknown };

interface Call {
  readonly sources: readonly Source[];
  readonly options: CompileOptions;
  readonly machine: string;
  readonly change: { readonly tag: string; readonly val: unknown };
  readonly at: { readonly source: string; readonly offset: number };
}

const sourceNames = fc.constantFrom("a.yaml", "b.json", "c");
const list = fc.array(names, { maxLength: 3 });
const kind = fc.constantFrom("machine", "tag", "instance");
const change = fc.oneof(
  ...Object.entries({
    "add-machine": fc.record({ name: names, tags: list }),
    "add-instance": fc.record({ name: names, module: fc.option(names, { nil: undefined }) }),
    remove: fc.record({ of: kind, name: names }),
    rename: fc.record({ of: kind, name: names, newName: names }),
    tag: fc.record({ machines: list, tags: list }),
    untag: fc.record({ machines: list, tags: list }),
    assign: fc.record({ instance: names, role: names, machines: list, tags: list }),
    unassign: fc.record({ instance: names, role: names, machines: list, tags: list }),
    set: fc.record({ place: names, value: inventoryTexts }),
    unset: names,
  }).map(([tag, values]) =>
    fc.record({ tag: fc.constant(tag), val: values as fc.Arbitrary<unknown> }),
  ),
);

/** No export fails, whatever it is given, and the output is the library's. */
export const component: Front<Call> = {
  inputs: fc.record({
    sources: fc.uniqueArray(fc.record({ name: sourceNames, text: inventoryTexts }), {
      minLength: 1,
      selector: ({ name }) => name,
    }),
    options: fc.record({
      allowNix: fc.boolean(),
      denyWarnings: fc.boolean(),
      emit: fc.constantFrom("resolved", "declared"),
      to: fc.constantFrom("nix", "json", "yaml"),
    }),
    machine: names,
    change,
    at: fc.record({ source: sourceNames, offset: fc.oneof(fc.nat(500), fc.nat(2 ** 32 - 1)) }),
  }),
  check: async ({ sources, options, machine, change, at }) => {
    compiler ??= instantiate();
    const { Analysis, ...exports } = await compiler;
    const given = toComponentOptions(options);
    const { text } = exports["compile"]!(sources, given) as { readonly text?: string };
    ensure(text === compile(sources, options).text, "the output is the library's");
    exports["applyFixes"]!(sources, given, "unsafe");
    exports["editInventory"]!(sources, change, given);
    exports["explain"]!(sources, { machine }, given);
    const analysis = Analysis.analyze(sources, given, undefined);
    for (const name of ["diagnostics", "fixes", "plan", "graph"]) {
      analysis[name]!();
    }
    const { source, offset } = at;
    if (sources.some(({ name }) => name === source)) {
      for (const name of ["complete", "hover", "definition", "references", "highlights"]) {
        analysis[name]!(at);
      }
      analysis["prepareRename"]!(at);
      analysis["rename"]!(at, machine);
      analysis["symbols"]!(source);
      analysis["inlays"]!(source);
      analysis["codeActions"]!({ source, start: offset, end: offset });
    }
  },
  ...(!existsSync(componentFile) && { lacks: "component (npm run build:component)" }),
};

type Instance = Exports & {
  readonly Analysis: { readonly analyze: (...args: readonly unknown[]) => Exports };
};

let compiler: Promise<Instance> | undefined;

async function instantiate(): Promise<Instance> {
  const file = path.join(path.dirname(componentFile), "component/index.js");
  return (await import(pathToFileURL(file).href)).instantiate();
}
