import type { MachineClass, Source } from "../src/index.js";
import type { EngineOptions } from "./engine.js";

/** Everything that a link carries and a draft keeps. */
export interface State {
  readonly files: readonly File[];
  /** The index of the file in the editor. */
  readonly active: number;
  readonly options: Options;
  readonly view: View;
  /** What the view `explain` explains. */
  readonly question: { readonly machine: string; readonly instance: string };
  /** What the view `diff` compares with. */
  readonly kept: readonly File[] | null;
}

export interface File {
  readonly name: string;
  readonly text: string;
}

export const views = ["nix", "machines", "explain", "graph", "diff", "json"] as const;
export type View = (typeof views)[number];

export interface Options {
  readonly emit: "resolved" | "declared";
  readonly allowNix: boolean;
  readonly denyWarnings: boolean;
  /** Whether the settings of clan-core's services are checked. */
  readonly services: boolean;
  /** As on the command line: names, or `name=darwin`, with spaces between. */
  readonly knownMachines: string;
  /** The output's default path to the sources; empty for none. */
  readonly root: string;
}

export const defaultOptions: Options = {
  emit: "resolved",
  allowNix: false,
  denyWarnings: false,
  services: true,
  knownMachines: "",
  root: ".",
};

export function initialState(files: readonly File[]): State {
  return {
    files,
    active: 0,
    options: defaultOptions,
    view: "nix",
    question: { machine: "", instance: "" },
    kept: null,
  };
}

export function toSources(files: readonly File[]): readonly Source[] {
  return files.map(({ name, text }) => ({ name, text }));
}

export function toEngineOptions({
  emit,
  allowNix,
  denyWarnings,
  services,
  knownMachines,
  root,
}: Options): EngineOptions {
  return {
    emit,
    allowNix,
    denyWarnings,
    ...(!services && { services: [] }),
    knownMachines: Object.fromEntries(
      knownMachines
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(readKnownMachine),
    ),
    rootDefault: root.trim() === "" ? null : root.trim(),
  };
}

function readKnownMachine(text: string): [string, MachineClass] {
  return text.endsWith("=darwin")
    ? [text.slice(0, -"=darwin".length), "darwin"]
    : [text.replace(/=nixos$/, ""), "nixos"];
}

/** A state from outside, with missing parts filled in; `undefined` if it is not a state. */
export function readState(data: unknown): State | undefined {
  if (!isRecord(data)) {
    return undefined;
  }
  const files = readFiles(data["files"]);
  if (files === undefined || files.length === 0) {
    return undefined;
  }
  const start = initialState(files);
  const options = isRecord(data["options"]) ? data["options"] : {};
  const question = isRecord(data["question"]) ? data["question"] : {};
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    files,
    active:
      typeof data["active"] === "number" && files[data["active"]] !== undefined
        ? data["active"]
        : 0,
    options: Object.fromEntries(
      Object.entries(defaultOptions).map(([name, value]) => [
        name,
        typeof options[name] === typeof value ? options[name] : value,
      ]),
    ) as unknown as Options,
    view: views.find((view) => view === data["view"]) ?? start.view,
    question: { machine: text(question["machine"]), instance: text(question["instance"]) },
    kept: readFiles(data["kept"]) ?? null,
  };
}

function readFiles(data: unknown): readonly File[] | undefined {
  if (!Array.isArray(data)) {
    return undefined;
  }
  const files = data.flatMap((file: unknown) =>
    isRecord(file) && typeof file["name"] === "string" && typeof file["text"] === "string"
      ? [{ name: file["name"], text: file["text"] }]
      : [],
  );
  return files.length === data.length ? withOwnNames(files) : undefined;
}

/**
 * The files; those whose name is taken by an earlier one are renamed: `more.yaml`, `more-2.yaml`,
 * …
 */
export function withOwnNames(files: readonly File[]): readonly File[] {
  const taken = new Set<string>();
  return files.map(({ name, text }) => {
    const [, stem = "", extension = ""] = /^(.+?)(\.[^./]*)?$/s.exec(name) ?? [];
    let own = name;
    for (let number = 2; taken.has(own); number++) {
      own = `${stem}-${number}${extension}`;
    }
    taken.add(own);
    return { name: own, text };
  });
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null;
}
