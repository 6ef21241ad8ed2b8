/**
 * Asks every question about every hostile input, and prints what each input takes at most, the worst
 * last. `node` asks the library, `component` what is built in `dist/`:
 *
 *     node --import tsx test/sweep.ts node|component [FILE…]
 *
 * Without files, the inputs are those of `test/suites/hostile` that have at most a million characters.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { compiler } from "../wasm/compiler.js";
import type { WitOptions } from "../wasm/input.js";
import { componentFile } from "./component-hosts.js";
import { heavy, loud, wide } from "./suites/hostile/hostile-inputs.js";

/** The exports of the component, which the library has in the same words. */
type Exports = { readonly [name: string]: (...args: readonly unknown[]) => unknown };
type Compiler = Exports & {
  readonly Analysis: { readonly analyze: (...args: readonly unknown[]) => Exports };
};

/** What may be asked at most of a machine, for an input of a megabyte. */
const mostSeconds = { node: 5, component: 20 };
const mostMebibytes = 1024;
/** What may be of these in the heap of V8, which else keeps what it needs no more where there is room. */
const heap = "--max-old-space-size=768";
/** After so many seconds of CPU time, the questions about an input are given up. */
const endSeconds = { node: 300, component: 1200 };

const changes: readonly { readonly tag: string; readonly val: unknown }[] = [
  { tag: "add-machine", val: { name: "new-one", tags: ["t"] } },
  { tag: "add-instance", val: { name: "new-one", module: "sshd" } },
  { tag: "remove", val: { of: "machine", name: "m" } },
  { tag: "rename", val: { of: "machine", name: "m", newName: "n" } },
  { tag: "rename", val: { of: "tag", name: "t1", newName: "n" } },
  { tag: "rename", val: { of: "instance", name: "i", newName: "n" } },
  { tag: "tag", val: { machines: ["m"], tags: ["t"] } },
  { tag: "assign", val: { instance: "i", role: "r", machines: ["m"], tags: ["t"] } },
  { tag: "set", val: { place: "machines.m.description", value: "x" } },
  { tag: "unset", val: "instances.i.roles.r.settings" },
];

const [host, file, ...others] = process.argv.slice(2) as [keyof typeof mostSeconds, string?];
if (host !== "node" && host !== "component") {
  throw new Error("say node or component");
}
if (process.send !== undefined) {
  process.once("message", (input: Input) => void ask(input));
} else {
  await sweep(file === undefined ? knownInputs() : [file, ...others].map(inputOf));
}

interface Input {
  readonly name: string;
  readonly text: string;
}

interface Answered {
  readonly question: string;
  readonly seconds: number;
}

function knownInputs(): readonly Input[] {
  return Object.entries({ ...heavy, ...loud, ...wide })
    .filter(([, text]) => text.length <= 1e6)
    .map(([name, text]) => ({ name, text }));
}

function inputOf(file: string): Input {
  return { name: file, text: readFileSync(file, "utf8") };
}

/** Each input in a process of its own. */
async function sweep(inputs: readonly Input[]): Promise<void> {
  const lines: { readonly seconds: number; readonly line: string }[] = [];
  let over = 0;
  for (const input of inputs) {
    const command = [process.execPath, heap, ...process.execArgv, import.meta.filename, host];
    const child = spawn(
      "sh",
      ["-c", `ulimit -t ${endSeconds[host]}; exec "$@"`, "sh", ...command],
      {
        stdio: ["ignore", "pipe", "inherit", "ipc"],
      },
    );
    child.send(input);
    const printed = (await textOf(child.stdout!)).trimEnd().split("\n");
    const answers = printed.filter((line) => line !== "").map((line) => JSON.parse(line));
    const worst = (answers as Answered[]).reduce((a, b) => (a.seconds > b.seconds ? a : b), {
      question: "start",
      seconds: 0,
    });
    const mebibytes = answers.at(-1)?.mebibytes as number | undefined;
    const isEnded = answers.at(-1)?.question === "all";
    const isOver =
      !isEnded ||
      worst.seconds > mostSeconds[host] ||
      (host === "node" && mebibytes! > mostMebibytes);
    over += isOver ? 1 : 0;
    const line = `${isOver ? "OVER " : "     "}${worst.seconds.toFixed(1)} s in ${worst.question}, ${mebibytes} MiB: ${path.basename(input.name)}${isEnded ? "" : `, ended after ${answers.at(-1)?.question}`}`;
    console.log(line);
    lines.push({ seconds: worst.seconds, line });
  }
  lines.sort((a, b) => a.seconds - b.seconds);
  console.log(["", ...lines.slice(-20).map(({ line }) => line)].join("\n"));
  console.log(`${inputs.length - over} passed, ${over} failed`);
  process.exitCode = over > 0 ? 1 : 0;
}

/** Prints how long each question takes, by the time of the processor. */
async function ask({ name, text }: Input): Promise<void> {
  const exports = await instantiate();
  const source = { name: path.basename(name), text };
  const sources = [source];
  // As absent fields reach the exports: what calls them in the component sets them to `null`.
  const options: WitOptions = {
    emit: null,
    to: null,
    rootDefault: null,
    services: null,
    severities: null,
    clanCoreInput: null,
    clanCore: null,
    limits: null,
    knownMachines: [],
    allowNix: false,
    denyWarnings: false,
  };
  const measured = <T>(question: string, work: () => T): T => {
    const start = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(start);
    const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(JSON.stringify({ question, seconds: (user + system) / 1e6, mebibytes }));
    return result;
  };
  for (const to of ["nix", "json", "yaml"] as const) {
    measured(to, () => exports["compile"]!(sources, { ...options, to }));
  }
  measured("applyFixes", () => exports["applyFixes"]!(sources, options, "unsafe"));
  measured("explain", () => exports["explain"]!(sources, { machine: "m" }, options));
  measured("diff", () => exports["diff"]!(sources, sources, options));
  for (const change of changes) {
    measured(`${change.tag} ${JSON.stringify(change.val)}`, () =>
      exports["editInventory"]!(sources, change, options),
    );
  }
  const analysis = measured("analyze", () => exports.Analysis.analyze(sources, options, undefined));
  for (const question of ["diagnostics", "fixes", "plan", "graph"]) {
    measured(question, () => analysis[question]!());
  }
  measured("symbols", () => analysis["symbols"]!(source.name));
  measured("inlays", () => analysis["inlays"]!(source.name));
  for (const offset of [0, 20, text.length >> 1, text.length - 2, text.length]) {
    const at = { source: source.name, offset: Math.max(offset, 0) };
    for (const question of [
      "complete",
      "hover",
      "definition",
      "references",
      "highlights",
      "prepareRename",
    ]) {
      measured(`${question} at ${offset}`, () => analysis[question]!(at));
    }
    measured(`rename at ${offset}`, () => analysis["rename"]!(at, "n"));
    const { offset: start } = at;
    measured(`codeActions at ${start}`, () =>
      analysis["codeActions"]!({ source: source.name, start, end: text.length }),
    );
  }
  measured("all", () => undefined);
  process.disconnect();
}

async function instantiate(): Promise<Compiler> {
  if (host === "node") {
    return compiler as unknown as Compiler;
  }
  const loader = path.join(path.dirname(componentFile), "component/index.js");
  return (await import(pathToFileURL(loader).href)).instantiate();
}
