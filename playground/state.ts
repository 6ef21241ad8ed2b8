import type { MachineClass, Source } from "../src/index.js";
import type { Inventory, Question } from "./answer.js";

/** Everything that a link carries and a draft keeps. */
export interface State {
  readonly files: readonly File[];
  /** The index of the file in the editor. */
  readonly active: number;
  readonly options: Options;
  readonly view: View;
  readonly question: Question;
  /** What changes are told since; `null` for what there was at first. */
  readonly baseline: readonly File[] | null;
}

export interface File {
  readonly name: string;
  readonly text: string;
}

export const views = ["fleet", "explain", "changes", "graph", "nix", "json", "yaml"] as const;
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
    view: "fleet",
    question: { machine: "", instance: "" },
    baseline: null,
  };
}

/** The files that hold an inventory; catalogues among them are options. */
export function toInventory({ files, options }: Pick<State, "files" | "options">): Inventory {
  const { emit, allowNix, denyWarnings, services, knownMachines, root } = options;
  const catalogues = files.filter(isCatalogue);
  return {
    sources: toSources(files),
    options: {
      emit,
      allowNix,
      denyWarnings,
      ...((!services || catalogues.length > 0) && { services: services ? catalogues : [] }),
      knownMachines: Object.fromEntries(
        knownMachines
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(readKnownMachine),
      ),
      rootDefault: root.trim() === "" ? null : root.trim(),
    },
  };
}

export function toSources(files: readonly File[]): readonly Source[] {
  return files.filter((file) => !isCatalogue(file)).map(({ name, text }) => ({ name, text }));
}

/** A file of this name is a catalogue of the user's own services, not a part of the inventory. */
export function isCatalogue({ name }: File): boolean {
  return /(^|\/)[^/]*services[^/]*\.json$/.test(name);
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
    options: readOptions(options),
    view: views.find((view) => view === data["view"]) ?? start.view,
    question: { machine: text(question["machine"]), instance: text(question["instance"]) },
    baseline: readFiles(data["baseline"]) ?? null,
  };
}

/** The options, with the default for each that is not what it must be. */
function readOptions(data: Record<string, unknown>): Options {
  const { emit, knownMachines, root, ...defaults } = defaultOptions;
  const checks = Object.entries(defaults).map(([name, value]) => [
    name,
    typeof data[name] === "boolean" ? data[name] : value,
  ]);
  const textOf = (value: unknown, pattern: RegExp) =>
    typeof value === "string" && pattern.test(value) ? value : undefined;
  return {
    ...(Object.fromEntries(checks) as typeof defaults),
    emit: data["emit"] === "resolved" || data["emit"] === "declared" ? data["emit"] : emit,
    knownMachines: textOf(data["knownMachines"], /^.{0,10000}$/s) ?? knownMachines,
    root: textOf(data["root"], /^(?:(?![\\/]|[A-Za-z]:)[^\0-\x1f\x7f]{1,200})?$/) ?? root,
  };
}

function readFiles(data: unknown): readonly File[] | undefined {
  if (!Array.isArray(data) || data.length > maxFiles) {
    return undefined;
  }
  const files = data.flatMap((file: unknown) =>
    isRecord(file) && typeof file["name"] === "string" && typeof file["text"] === "string"
      ? [{ name: file["name"], text: file["text"] }]
      : [],
  );
  return files.length === data.length ? withOwnNames(files) : undefined;
}

/** More than a page has room for. */
const maxFiles = 1000;

/** A name as a path below the folder that it is downloaded into, however it is unpacked. */
export function plainName(name: string): string {
  const names = name
    .replace(/[\0-\x1f\x7f-\x9f]/g, "")
    .split(/[\\/]/)
    .map((part) => part.replace(/^[A-Za-z]:/, "").trim())
    .filter((part) => !/^\.*$/.test(part));
  const path = names.join("/").slice(-200);
  return path.replace(/^[/\udc00-\udfff]+/, "") || "inventory.yaml";
}

/**
 * The files, each with a {@link plainName}; those whose name is taken by an earlier one are renamed:
 * `more.yaml`, `more-2.yaml`, …
 */
export function withOwnNames(files: readonly File[]): readonly File[] {
  const taken = new Set<string>();
  return files.map(({ name: given, text }) => {
    const name = plainName(given);
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
