/** Texts that say the same in many styles, and changes of data, for tests of edits. */

import { type Data, type DataMap, isDataMap } from "../src/model/data.js";
import type { DataChange } from "../src/model/data-change.js";
import type { Path } from "../src/model/origin.js";
import { setEntry } from "../src/model/value.js";
import { writeJson } from "../src/text/json-writer.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import fc from "./fast-check.js";

/** Numbers from 0 up to a limit, the same for the same seed. */
export type Dice = (sides: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** YAML of a map or list in any style: indentation, brackets, quotes, comments, blank lines. */
export function styledYaml(data: Data, dice: Dice): string {
  const eol = dice(4) === 0 ? "\r\n" : "\n";
  const writer = new StyledWriter(dice, 1 + dice(4));
  const lines = [...writer.block(data, 0)];
  // The package `yaml` takes a list after a byte order mark for one that is indented.
  const mark = Array.isArray(data) ? "" : "\ufeff";
  const head = ["", mark, "# a header\n", "---\n", "# x\n\n---\n# y\n"][dice(5)]!;
  const end = ["\n", "", "\n# the end\n", "\n\n\n"][dice(4)]!;
  return (head + lines.join("\n") + end).replaceAll("\n", eol);
}

/** JSON in any layout. */
export function jsonOf(data: Data, dice: Dice): string {
  const text = writeJson(data);
  const unit = ["", "  ", "\t", "    "][dice(4)]!;
  const lines = text.trimEnd().split("\n");
  const indented = lines.map((line) =>
    line.replace(/^(?: {2})+/, (s) => unit.repeat(s.length / 2)),
  );
  return unit === "" ? lines.map((line) => line.trimStart()).join("") : `${indented.join("\n")}\n`;
}

class StyledWriter {
  private readonly listStep: number;
  private comments = 0;

  constructor(
    private readonly dice: Dice,
    private readonly step: number,
  ) {
    this.listStep = dice(2) * step;
  }

  /** The lines of a value that is not empty, or one line of one that is. */
  block(data: Data, column: number): readonly string[] {
    const indent = " ".repeat(column);
    if (isEmpty(data)) {
      return [`${indent}${this.flow(data)}`];
    }
    const lines: string[] = [];
    const entries: [string | undefined, Data][] = Array.isArray(data)
      ? (data as readonly Data[]).map((item) => [undefined, item])
      : Object.entries(data as DataMap);
    for (const [key, value] of entries) {
      if (lines.length > 0 && this.dice(5) === 0) {
        lines.push("");
      }
      if (lines.length > 0 && this.dice(5) === 0) {
        lines.push(`${indent}${this.comment()}`);
      }
      lines.push(...this.entry(key, value, column));
    }
    return lines;
  }

  private entry(key: string | undefined, value: Data, column: number): readonly string[] {
    const indent = " ".repeat(column);
    const head = key === undefined ? `${indent}-` : `${indent}${this.string(key, false)}:`;
    if (typeof value === "string" && /^[^\s].*\n[^\s]/.test(value) && this.dice(3) > 0) {
      const written = writeYaml({ a: value }).slice(0, -1);
      const [header, ...lines] = written.split("\n");
      if (header!.startsWith("a: |")) {
        const inside = " ".repeat(column + this.step + (key === undefined ? 1 : 0));
        const content = lines.map((line) => line && inside + line.slice(2));
        return [`${head} ${header!.slice(3)}`, ...content];
      }
    }
    const isFlow = isEmpty(value) || this.dice(3) === 0;
    if (isFlow && !isEmpty(value) && this.dice(3) === 0) {
      return this.spread(head, value, column);
    }
    if (isFlow) {
      const text = this.flow(value);
      return [`${head} ${text}${this.dice(4) === 0 ? ` ${this.comment()}` : ""}`];
    }
    if (key === undefined) {
      const lines = this.block(value, column + 2);
      return this.dice(4) === 0
        ? [`${head} ${this.comment()}`, ...lines]
        : [`${head} ${lines[0]!.trimStart()}`, ...lines.slice(1)];
    }
    const inside = column + (Array.isArray(value) ? this.listStep : this.step);
    const tail = this.dice(6) === 0 ? [`${" ".repeat(column + 1)}${this.comment()}`] : [];
    const comment = this.dice(5) === 0 ? ` ${this.comment()}` : "";
    return [`${head}${comment}`, ...this.block(value, inside), ...tail];
  }

  /** In brackets over lines. */
  private spread(head: string, value: Data, column: number): readonly string[] {
    const inside = " ".repeat(column + 1 + this.dice(4));
    const isList = Array.isArray(value);
    const parts = isList
      ? (value as readonly Data[]).map((item) => this.flow(item))
      : Object.entries(value as DataMap).map(
          ([key, entry]) => `${this.string(key, true)}: ${this.flow(entry)}`,
        );
    const hasLastComma = this.dice(2) === 0;
    const lines = parts.map((part, index) => {
      const comma = hasLastComma || index < parts.length - 1 ? "," : "";
      const above = this.dice(5) === 0 ? `${inside}${this.comment()}\n` : "";
      return `${above}${inside}${part}${comma}${this.dice(4) === 0 ? ` ${this.comment()}` : ""}`;
    });
    const close = " ".repeat(column + 1);
    return [`${head} ${isList ? "[" : "{"}`, ...lines, `${close}${isList ? "]" : "}"}`];
  }

  private flow(value: Data): string {
    if (Array.isArray(value)) {
      return `[${(value as readonly Data[]).map((item) => this.flow(item)).join(", ")}]`;
    }
    if (isDataMap(value)) {
      const entries = Object.entries(value).map(
        ([key, entry]) => `${this.string(key, true)}: ${this.flow(entry)}`,
      );
      const padding = entries.length > 0 && this.dice(2) === 0 ? " " : "";
      return `{${padding}${entries.join(", ")}${padding}}`;
    }
    return typeof value === "string" ? this.string(value, true) : writeYaml(value).trimEnd();
  }

  private string(text: string, isFlow: boolean): string {
    const written = writeYaml([text]).slice(2, -1);
    const isFine = !written.includes("\n") && !(isFlow && /[,[\]{}]/.test(written));
    const style = this.dice(5);
    if (style === 0 && /^[ -~]*$/.test(text)) {
      return `'${text.replaceAll("'", "''")}'`;
    }
    return isFine && style > 1
      ? written
      : JSON.stringify(text).replace(
          /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
          (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
  }

  private comment(): string {
    return `# ${this.comments++} 'it: "is`;
  }
}

function isEmpty(data: Data): boolean {
  return Array.isArray(data)
    ? data.length === 0
    : !isDataMap(data) || Object.keys(data).length === 0;
}

/** Keys and strings with all that YAML could take for something else. */
export const words = [
  "a",
  "b",
  "prod",
  "web-1",
  "yes",
  "10",
  "x y",
  "a.b",
  "a: b",
  "a #b",
  "#",
  "'",
  '"',
  "it's",
  "two\nlines",
  "two\nlines\n",
  "\nblank first",
  "ends\n\n",
  "two\n  more\n\n",
  "",
  " ",
  "[x]",
  "{y}",
  "a,b",
  "é",
  "😀",
  "__proto__",
  "toString",
  "<<",
  "~",
  "null",
  "-",
  "- x",
  "? x",
  "&a",
  "*a",
  "!x",
  "|",
  ">",
  "%",
  "@",
  "`",
  "\u2028",
  "\u0085",
  "\t",
  "x\ty",
  "$mkForce",
  "$path",
];
/** Keys that changes bring. */
export const names = [...words, "k".repeat(1100)];
const word = fc.constantFrom(...words);
const scalar = fc.oneof(word, word, fc.constantFrom<Data>(null, true, 1, 1.5, 9007199254740993n));
const data: fc.Arbitrary<Data> = fc.letrec<{ value: Data }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(word, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const collection: fc.Arbitrary<Data> = data.filter(
  (value) => Array.isArray(value) || isDataMap(value),
);

/** A map or list, a value to put into it, and a seed for its text and the change. */
export const texts = fc
  .tuple(collection, fc.nat(), data)
  .map(([value, seed, other]) => ({ value, other, seed }));

/** A change that fits the data. */
export function someChange(value: Data, other: Data, dice: Dice): DataChange {
  const paths = pathsOf(value);
  const path = paths[dice(paths.length)]!;
  const name = names[dice(names.length)]!;
  const inside = paths.filter((path) => path.length > 0);
  const entry = inside[dice(inside.length)];
  const parents = paths.filter((path) => isCollection(valueAt(value, path)!));
  const parent = parents[dice(parents.length)]!;
  switch (dice(entry === undefined ? 3 : 8)) {
    case 0:
      return { kind: "replaceValue", path, value: other };
    case 1:
      return insertion(value, parent, name, other, dice);
    case 2:
      return { kind: "wrapValue", path, step: dice(2) === 0 ? 0 : name };
    case 3:
      return { kind: "removeEntry", path: entry!, ...(dice(2) === 0 && { keepsComments: true }) };
    case 4:
      return { kind: "replaceKey", path: entry!, key: name };
    case 5:
      return { kind: "nestKey", path: entry!, keys: [name, names[dice(names.length)]!] };
    case 6:
      return { kind: "replaceValue", path, value: name };
    default: {
      const without = changed(value, { kind: "removeEntry", path: entry! });
      const free = pathsOf(without).filter((path) => isCollection(valueAt(without, path)!));
      const { path: to } = insertion(without, free[dice(free.length)]!, name, null, dice);
      return { kind: "moveEntry", from: entry!, to };
    }
  }
}

function insertion(value: Data, parent: Path, name: string, other: Data, dice: Dice) {
  const list = valueAt(value, parent);
  const deep = dice(4) === 0 ? ["new", "x y"] : [];
  const path = Array.isArray(list)
    ? [...parent, dice(list.length + 1)]
    : [...parent, name, ...deep];
  return { kind: "insertEntry", path, value: other } as const;
}

function isCollection(value: Data): boolean {
  return Array.isArray(value) || isDataMap(value);
}

/** Whether the change can be made of data: keys are free, paths lead somewhere. */
export function isPossible(value: Data, change: DataChange): boolean {
  switch (change.kind) {
    case "insertEntry":
      return (
        (typeof change.path.at(-1) === "number" || valueAt(value, change.path) === undefined) &&
        change.path.every((_, length) => {
          const around = valueAt(value, change.path.slice(0, length));
          return around == null || isCollection(around);
        })
      );
    case "replaceKey": {
      const parent = change.path.slice(0, -1);
      const isMap = isDataMap(valueAt(value, parent));
      const isFree = valueAt(value, [...parent, change.key]) === undefined;
      return isMap && (isFree || change.path.at(-1) === change.key);
    }
    case "moveEntry": {
      const without = changed(value, { kind: "removeEntry", path: change.from });
      return typeof change.to.at(-1) === "number" || valueAt(without, change.to) === undefined;
    }
    case "nestKey": {
      const parent = change.path.slice(0, -1);
      if (!isDataMap(valueAt(value, parent))) return false;
      const without = changed(value, { kind: "removeEntry", path: change.path });
      const inside = valueAt(without, [...parent, change.keys[0]!]);
      return inside === undefined || (isDataMap(inside) && !Object.hasOwn(inside, change.keys[1]!));
    }
    default:
      return true;
  }
}

/** All paths of data, that of the root first. */
export function pathsOf(data: Data): Path[] {
  const paths: Path[] = [[]];
  const entries: [string | number, Data][] = Array.isArray(data)
    ? (data as readonly Data[]).map((item, index) => [index, item])
    : isDataMap(data)
      ? Object.entries(data)
      : [];
  for (const [step, value] of entries) {
    paths.push(...pathsOf(value).map((path) => [step, ...path]));
  }
  return paths;
}

export function valueAt(data: Data, path: Path): Data | undefined {
  let value: Data | undefined = data;
  for (const step of path) {
    value =
      Array.isArray(value) || isDataMap(value)
        ? Object.getOwnPropertyDescriptor(value, step)?.value
        : undefined;
  }
  return value;
}

/** The data after a change that fits it. */
export function changed(data: Data, change: DataChange): Data {
  switch (change.kind) {
    case "replaceValue":
      return at(data, change.path, () => change.value);
    case "replaceKey":
      return entriesAt(data, change.path, (entries, index) => {
        entries[index]![0] = change.key;
      });
    case "removeEntry":
      return entriesAt(data, change.path, (entries, index) => {
        entries.splice(index, 1);
      });
    case "insertEntry":
      return inserted(data, change.path, change.value);
    case "moveEntry": {
      const value = valueAt(data, change.from)!;
      return inserted(changed(data, { kind: "removeEntry", path: change.from }), change.to, value);
    }
    case "wrapValue": {
      const { path, step } = change;
      return at(data, path, (value) => (step === 0 ? [value] : mapOf([[step, value]])));
    }
    case "quoteValue":
      return at(data, change.path, (value) => String(value));
    case "nestKey": {
      const { path, keys } = change;
      const value = valueAt(data, path)!;
      return inserted(
        changed(data, { kind: "removeEntry", path }),
        [...path.slice(0, -1), ...keys],
        value,
      );
    }
  }
}

function inserted(data: Data, path: Path, value: Data): Data {
  const [step, ...rest] = path;
  if (step === undefined) {
    return value;
  }
  if (typeof step === "number") {
    const items = [...((data ?? []) as readonly Data[])];
    if (rest.length === 0) {
      items.splice(step, 0, value);
    } else {
      items[step] = inserted(items[step] ?? null, rest, value);
    }
    return items;
  }
  const map = (data ?? {}) as DataMap;
  const inside = Object.hasOwn(map, step) ? map[step]! : null;
  const others = Object.entries(map).filter(([key]) => key !== step);
  return mapOf([...others, [step, inserted(inside, rest, value)]]);
}

function at(data: Data, path: Path, change: (value: Data) => Data): Data {
  const [step, ...rest] = path;
  if (step === undefined) {
    return change(data);
  }
  return Array.isArray(data)
    ? (data as readonly Data[]).map((item, index) =>
        index === step ? at(item, rest, change) : item,
      )
    : mapOf(
        Object.entries(data as DataMap).map(([key, value]) => [
          key,
          key === step ? at(value, rest, change) : value,
        ]),
      );
}

function entriesAt(
  data: Data,
  path: Path,
  change: (entries: [string, Data][], index: number) => void,
): Data {
  const last = String(path.at(-1));
  return at(data, path.slice(0, -1), (value) => {
    const entries = Object.entries(value as DataMap);
    change(
      entries,
      entries.findIndex(([key]) => key === last),
    );
    return Array.isArray(value) ? entries.map(([, item]) => item) : mapOf(entries);
  });
}

export function mapOf(entries: readonly (readonly [string, Data])[]): DataMap {
  const map: { [key: string]: Data } = {};
  for (const [key, value] of entries) {
    setEntry(map, key, value);
  }
  return map;
}
