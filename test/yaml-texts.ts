/**
 * YAML texts of every style: each is written from a random structure, with the comments, blank
 * lines, odd indentation and scalars that people and programs write.
 */
import type { Random } from "./clan-core/random.js";

/** A text that is YAML, or nearly so: duplicate keys and unknown aliases occur. */
export function yamlText(random: Random): string {
  const start = random.pick(["", "", "", "\ufeff", "# c\n", "\n", "---\n", "# c\n--- # d\n", "  "]);
  const column = start === "  " ? 2 : 0;
  const body = random.chance(0.85)
    ? entries(random, column, 4, random.chance(0.9) ? "map" : "list")
    : node(random, -1, 3, "root").replace(/^ /, "");
  const base = column === 0 && !body.startsWith("-") && random.chance(0.3) ? bases : "";
  const text = start + base + body.replace(/^ +/, "");
  const ended = random.chance(0.1) ? text.replace(/\n+$/, "") : text;
  return random.chance(0.15) ? ended.replaceAll("\n", "\r\n") : ended;
}

/** A text with a few pieces of it gone, doubled, moved or replaced. */
export function brokenText(random: Random, text: string): string {
  return random
    .times(1 + random.below(3), () => 0)
    .reduce<string>((broken) => breakOnce(random, broken), text);
}

function breakOnce(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const lines = text.split("\n");
  const line = random.below(lines.length);
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.below(4));
    case 2:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at + 1);
    case 3:
      lines.splice(line, 1);
      return lines.join("\n");
    case 4:
      lines.splice(random.below(lines.length + 1), 0, lines[line]!);
      return lines.join("\n");
    case 5:
      lines[line] = random.pick([" ", "  ", "\t", "- "]) + lines[line]!;
      return lines.join("\n");
    default:
      lines[line] = lines[line]!.replace(/^ /, "");
      return lines.join("\n");
  }
}

const pieces = [
  ..." \n\t-:?#&*!|>'\"%@`{}[],~<=.\\\r0a\ufeff",
  ": ",
  " #",
  "- ",
  "? ",
  "\n\n",
  "\n ",
  "\r\n",
  "---\n",
  "\n...\n",
  "<<: ",
  "*a",
  "&a ",
  "!x ",
  "!!str ",
  "!mkForce ",
  "''",
  '""',
  "|\n",
  ">-\n",
  "#c\n",
  "# c\n",
  "é",
  "😀",
  "\u2028",
  "\u0085",
  "\u00a0",
];

/** A map or list whose first line is indented, too. */
function entries(random: Random, column: number, depth: number, kind: "map" | "list"): string {
  const pad = " ".repeat(column);
  return random
    .times(1 + random.below(depth > 2 ? 4 : 3), () =>
      kind === "map"
        ? pad + key(random) + node(random, column, depth - 1, "map")
        : `${pad}-${node(random, column, depth - 1, "list")}`,
    )
    .join("");
}

function key(random: Random): string {
  const name = random.chance(0.97) ? random.pick(keys) : random.pick(oddKeys);
  return `${name}${random.chance(0.05) ? " " : ""}:`;
}

const keys = [
  ..."abcdefghij",
  "machines",
  "tags",
  "k-1",
  "x.y",
  "key two",
  "é",
  "80",
  "1.0",
  "true",
  "null",
  "~",
  '"q"',
  "'s'",
  '"q\\t"',
  "'it''s'",
  '"\\u0061"',
  "__proto__",
  "constructor",
  "-x",
  "?x",
  ":x",
  "a#b",
  "on",
];
const oddKeys = [
  "<<",
  "<<",
  '"<<"',
  "a: b",
  "&k a",
  "*a",
  "!mkForce a",
  "[a]",
  "{a: b}",
  "? a\n",
  "a,b]",
  "@",
  "",
];

/** What follows `:`, `-` or nothing, to the end of its line. */
function node(
  random: Random,
  column: number,
  depth: number,
  inside: "map" | "list" | "root",
): string {
  const gap = random.pick([" ", " ", " ", " ", "  ", inside === "map" ? "\t" : "   "]);
  const props = random.chance(0.12) ? properties(random) : "";
  const inner = column + random.pick([1, 2, 2, 2, 4]);
  switch (random.below(depth > 0 ? 11 : 7)) {
    case 0:
      return (random.chance(0.5) ? "" : gap + props) + lineEnd(random, inner);
    case 1:
    case 2:
    case 3:
      return gap + props + scalar(random, column) + lineEnd(random, column);
    case 4:
      return gap + props + blockScalar(random, Math.max(column, 0));
    case 5:
      return gap + props + flow(random, column, 2) + lineEnd(random, column);
    case 6:
      return random.chance(0.2)
        ? `${gap}*${random.pick(anchors)}${lineEnd(random, column)}`
        : lineEnd(random, inner) + " ".repeat(inner) + scalar(random, column) + lineEnd(random, 0);
    case 7:
      return inside === "list" && props === "" && random.chance(0.7)
        ? `${" ".repeat(inner - column - 1 || 1)}${entries(random, Math.max(inner, column + 2), depth, "map").trimStart()}`
        : gap + props + lineEnd(random, inner) + entries(random, inner, depth, "map");
    case 8:
      return gap + props + lineEnd(random, inner) + entries(random, inner, depth, "map");
    case 9:
      return inside === "list" && random.chance(0.5)
        ? ` ${entries(random, column + 2, depth, "list").trimStart()}`
        : gap + props + lineEnd(random, inner) + entries(random, inner, depth, "list");
    default:
      return (
        props.replace(/^(?=.)/, " ") +
        lineEnd(random, column) +
        entries(random, inside === "map" ? column : inner, depth, "list")
      );
  }
}

const anchors = ["a", "b", "base", "c"];
const bases =
  "x-a: &a {p: 1}\nx-b: &base\n  q: [1, 0644]\n  r:\nx-c: &b [x, *a]\nx-d: &c !mkForce yes\n";

const tags = ["!mkForce", "!mkForce", "!mkDefault", "!path", "!ref", "!!str", "!!str"];
const oddTags = ["!!map", "!!seq", "!!int", "!!null", "!x", "!", "!<tag:yaml.org,2002:str>"];

function properties(random: Random): string {
  const anchor = `&${random.pick(anchors)} `;
  const tag = `${random.chance(0.9) ? random.pick(tags) : random.pick(oddTags)} `;
  return random.pick([anchor, anchor, anchor, tag, tag, tag, anchor + tag, tag + anchor]);
}

function lineEnd(random: Random, column: number): string {
  const trail = random.pick(["", "", "", "", "", " ", "  ", "\t", " # comment", " #", "\t# c"]);
  const between = random.chance(0.12)
    ? random
        .times(1 + random.below(2), () =>
          random.pick([
            "\n",
            "\n",
            "  \n",
            "\t\n",
            "# comment\n",
            "#comment\n",
            `${" ".repeat(Math.max(column, 0))}# at\n`,
            `${" ".repeat(random.below(8))}#odd\n`,
            " \t # c\n",
          ]),
        )
        .join("")
    : "";
  return `${trail}\n${between}`;
}

function scalar(random: Random, column: number): string {
  const text = random.chance(0.985) ? random.pick(scalars) : random.pick(oddScalars);
  if (random.chance(0.85)) {
    return text;
  }
  const join = () =>
    random.pick(["\n", "\n", "\n\n", " \n", "\n \n", "\n\n\n", "\t\n"]) +
    " ".repeat(Math.max(0, column + random.pick([1, 1, 1, 2, 2, 2, 2, 2, 3, 4, 0])));
  const words = random.times(2 + random.below(2), () =>
    random.pick([
      "word",
      "two words",
      "- x",
      "#x",
      "a:b",
      "'",
      "é",
      "\\t",
      "x # y",
      "3",
      "& *",
      "...",
    ]),
  );
  const quote = random.pick(["", "", "'", '"']);
  const inside = words.reduce((all, word) => all + join() + word, "w");
  return quote + (quote === "'" ? inside.replaceAll("'", "''") : inside) + quote;
}

const scalars = [
  "value",
  "two words",
  "1",
  "0644",
  "-5",
  "+1",
  "1.0",
  "1e3",
  ".5",
  "0x1F",
  "0o17",
  "9007199254740993",
  "true",
  "False",
  "yes",
  "NO",
  "on",
  "null",
  "~",
  "10.0.0.1",
  "2001-01-01",
  "a:b",
  "http://x.y/z?a=b#c",
  "a#b",
  "-x",
  "?x",
  ":x",
  "a, b",
  "a]b}",
  "root@host",
  "<<",
  "'single'",
  "'it''s'",
  "''",
  '"double"',
  '""',
  '"a\\nb\\t\\u00e9\\x41\\U0001f600"',
  '"\\ud83d\\ude00"',
  '"\\""',
  '"a # b"',
  "'a: b'",
  "é",
  "😀",
  "\u00a0x",
  "a\u2028b",
  "x\u0085y",
  "=",
  "--- x",
  "a :b",
  "a\tb",
];

const oddScalars = [
  "99999999999999999999",
  ".inf",
  ".nan",
  '"\\ud83d"',
  '"\\0"',
  '"\\q"',
  "@x",
  "%x",
  "`x",
  "|x",
  ">",
  "a: b",
  '"a"b',
  "[",
  "}",
  "- x",
];

function blockScalar(random: Random, column: number): string {
  const header =
    random.pick(["|", ">"]) +
    random.pick(["", "", "", "", "", "-", "-", "+", "+", "2", "1-", "-2"]) +
    random.pick(["", "", "", " ", " # c", "\t"]);
  const indent = column + random.pick([1, 2, 2, 2, 4]);
  const lines = random.times(random.below(12) === 0 ? 0 : 1 + random.below(4), () =>
    random.chance(0.2)
      ? random.pick(["", "", "", "", " ".repeat(indent), " ", "\t"])
      : " ".repeat(indent + (random.chance(0.1) ? 2 : 0)) +
        random.pick([
          "line",
          "a: b",
          "# no comment",
          "- x",
          "\ttab",
          "é 😀",
          "trail  ",
          "'",
          "...",
        ]),
  );
  return `${header}\n${lines.map((line) => `${line}\n`).join("")}${random.pick(["", "", "", "\n", "  \n", "\n\n"])}`;
}

function flow(random: Random, column: number, depth: number): string {
  const space = () => {
    const kind = random.below(30);
    return kind < 14
      ? ""
      : kind < 26
        ? " "
        : kind < 28
          ? `\n${" ".repeat(Math.max(0, column + random.pick([1, 1, 1, 2, 2, 2, 2, 2, 0])))}`
          : kind === 28
            ? " # c\n  "
            : "\t";
  };
  const props = () => (random.chance(0.08) ? properties(random) : "");
  const value = (): string =>
    props() +
    (depth > 0 && random.chance(0.25)
      ? flow(random, column, depth - 1)
      : random.chance(0.05)
        ? `*${random.pick(anchors)}`
        : random.pick(scalars));
  const isMap = random.chance(0.5);
  const item = () =>
    isMap || random.chance(0.04)
      ? random.chance(0.06)
        ? random.pick(keys)
        : `${random.chance(0.95) ? random.pick(keys) : random.pick(oddKeys)}${random.chance(0.05) ? " " : ""}:${random.chance(0.9) ? " " : ""}${random.chance(0.08) ? "" : value()}`
      : value();
  const items = random.times(random.below(4), item);
  const inside = items.map((text) => space() + text + space()).join(",");
  const last = items.length > 0 && random.chance(0.08) ? "," : "";
  return (isMap ? "{" : "[") + inside + last + space() + (isMap ? "}" : "]");
}
