import { test } from "uvu";
import * as assert from "uvu/assert";
import { codes } from "../src/diagnostics/codes.js";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { LineIndex } from "../src/diagnostics/line-index.js";
import type { Range, Source } from "../src/model/source.js";
import { formatDiagnostics } from "../src/show/format-diagnostics.js";

const plain = { format: "text", color: false } as const;

function at(source: Source, start: number, end: number): Range {
  const index = new LineIndex(source.text);
  return { source: source.name, start: index.position(start), end: index.position(end) };
}

/** The first occurrence of `part` in the source. */
function rangeOf(source: Source, part: string): Range {
  const start = source.text.indexOf(part);
  return at(source, start, start + part.length);
}

function unknownMachine(range: Range, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "unknown-machine",
    severity: "error",
    message: "no machine is named 'lapto'; did you mean 'laptop'?",
    range,
    related: [],
    ...more,
  };
}

/** The two lines below the headline. */
function frame(source: Source, range: Range): string {
  return formatDiagnostics([unknownMachine(range)], [source], plain)
    .split("\n")
    .slice(1, 3)
    .join("\n");
}

const inventory: Source = {
  name: "inventory.yaml",
  text: "machines:\n  laptop:\ninstances:\n  ssh:\n    roles:\n      client:\n       machines: [lapto]\n",
};

test("shows the line with carets below the range", () => {
  assert.is(
    formatDiagnostics([unknownMachine(rangeOf(inventory, "lapto]"))], [inventory], plain),
    `inventory.yaml:7:19: error: no machine is named 'lapto'; did you mean 'laptop'? [unknown-machine]
  7 |        machines: [lapto]
    |                   ^^^^^^
`,
  );
});

test("gives each related place a frame, aligns the line numbers, and ends with the help", () => {
  const source: Source = { name: "a.yaml", text: `a: 1\n${"\n".repeat(8)}a: 2\n` };
  const diagnostic: Diagnostic = {
    code: "duplicate-key",
    severity: "error",
    message: "duplicate key 'a'",
    range: at(source, 13, 14),
    related: [{ message: "first defined here", range: at(source, 0, 1) }],
    help: "remove one",
  };
  assert.is(
    formatDiagnostics([diagnostic], [source], plain),
    `a.yaml:10:1: error: duplicate key 'a' [duplicate-key]
  10 | a: 2
     | ^
a.yaml:1:1: note: first defined here
   1 | a: 1
     | ^
  help: remove one
`,
  );
});

test("puts an empty line between diagnostics", () => {
  const source: Source = { name: "a.yaml", text: "x" };
  const diagnostic = unknownMachine(at(source, 0, 1), { message: "m" });
  const one = "a.yaml:1:1: error: m [unknown-machine]\n  1 | x\n    | ^\n";
  assert.is(formatDiagnostics([diagnostic, diagnostic], [source], plain), `${one}\n${one}`);
});

test("gives each of several sources its own lines", () => {
  const sources: Source[] = [
    { name: "a.yaml", text: "one" },
    { name: "b.yaml", text: "two" },
  ];
  assert.is(frame(sources[1]!, at(sources[1]!, 0, 3)), "  1 | two\n    | ^^^");
  assert.match(
    formatDiagnostics([unknownMachine(at(sources[1]!, 0, 3))], sources, plain),
    "1 | two",
  );
});

test("copies tabs, and counts wide signs as two columns and combining ones as none", () => {
  const source: Source = { name: "a.yaml", text: "\tä́日本😀: [ü日]" };
  assert.is(frame(source, rangeOf(source, "ü日")), "  1 | \tä́日本😀: [ü日]\n    | \t          ^^^");
});

test("underlines the first line of a range over several lines", () => {
  const source: Source = { name: "a.yaml", text: "key: [a,\r\n  b]\r\n" };
  assert.is(frame(source, rangeOf(source, "[a,\r\n  b]")), "  1 | key: [a,\n    |      ^^^");
});

test("shows one caret for an empty range, also at the end of a line", () => {
  const source: Source = { name: "a.yaml", text: "key: [\r\n" };
  assert.is(frame(source, at(source, 6, 6)), "  1 | key: [\n    |       ^");
  assert.is(frame(source, at(source, 7, 7)), "  1 | key: [\n    |       ^");
});

test("shows no frame for a blank line", () => {
  const source: Source = { name: "a.yaml", text: "# only\n \n" };
  assert.is(frame(source, at(source, 9, 9)), "");
});

test("cuts a long line around the range", () => {
  const source: Source = {
    name: "a.json",
    text: `{${'"k":1,'.repeat(50)}"here":1${',"k":1'.repeat(50)}}`,
  };
  assert.is(
    frame(source, rangeOf(source, '"here"')),
    `  1 | …":1,${'"k":1,'.repeat(6)}"here":1${',"k":1'.repeat(12)}…\n    |  ${" ".repeat(40)}^^^^^^`,
  );
});

test("cuts no character in two", () => {
  const source: Source = { name: "a.json", text: `x${"😀".repeat(100)}!${"😀".repeat(100)}` };
  assert.is(
    frame(source, rangeOf(source, "!")),
    `  1 | …${"😀".repeat(20)}!${"😀".repeat(39)}…\n    |  ${" ".repeat(40)}^`,
  );
  const shifted: Source = { name: "a.json", text: `x${"😀".repeat(100)}!!${"😀".repeat(100)}` };
  assert.is(
    frame(shifted, at(shifted, 202, 203)),
    `  1 | …${"😀".repeat(19)}!!${"😀".repeat(39)}…\n    |  ${" ".repeat(39)}^`,
  );
});

test("shows as much as fits of the end of a long line", () => {
  const source: Source = { name: "a.json", text: `${"x".repeat(200)}!\n` };
  assert.is(
    frame(source, rangeOf(source, "!")),
    `  1 | …${"x".repeat(119)}!\n    |  ${" ".repeat(119)}^`,
  );
});

test("keeps a line whole that is exactly as long as a frame", () => {
  const source: Source = { name: "a.json", text: `${"x".repeat(119)}!\n` };
  assert.is(
    frame(source, rangeOf(source, "!")),
    `  1 | ${"x".repeat(119)}!\n    | ${" ".repeat(119)}^`,
  );
});

test("takes no longer for a place in a huge line", () => {
  const source: Source = { name: "a.json", text: `[${"1,".repeat(5_000_000)}1]` };
  const diagnostics = Array.from({ length: 1000 }, () =>
    unknownMachine(at({ name: "a.json", text: "" }, 0, 0)),
  );
  const placed = diagnostics.map((diagnostic, index) => {
    const offset = 9_000_000 + index;
    const position = { line: 1, column: offset + 1, offset };
    return { ...diagnostic, range: { source: "a.json", start: position, end: position } };
  });
  const start = process.cpuUsage();
  formatDiagnostics(placed, [source], plain);
  const { user } = process.cpuUsage(start);
  assert.ok(user < 5e6, `${user / 1e6} s`);
});

test("makes characters visible that would control the terminal", () => {
  const source: Source = { name: "a\x1b.yaml", text: "a: '\x1b[31m\u202e'" };
  const diagnostic = unknownMachine(at(source, 3, 4), { message: "no '\x1b[31m\n\ud800'" });
  assert.is(
    formatDiagnostics([diagnostic], [source], plain),
    "a␛.yaml:1:4: error: no '␛[31m␊\ufffd' [unknown-machine]\n  1 | a: '␛[31m\ufffd'\n    |    ^\n",
  );
});

test("colors do not change the text", () => {
  const diagnostic = unknownMachine(rangeOf(inventory, "lapto]"), { help: "look" });
  const colored = formatDiagnostics([diagnostic], [inventory], { format: "text", color: true });
  assert.match(colored, "\x1b[1;31merror:\x1b[0m");
  assert.is(
    colored.replace(/\x1b\[[\d;]*m/g, ""),
    formatDiagnostics([diagnostic], [inventory], plain),
  );
});

test("json has one diagnostic per line", () => {
  const diagnostics = [
    unknownMachine(rangeOf(inventory, "lapto]")),
    unknownMachine(at(inventory, 0, 1), { message: "a\nb" }),
  ];
  const text = formatDiagnostics(diagnostics, [inventory], { format: "json", color: true });
  assert.equal(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
    diagnostics,
  );
});

test("github has one workflow command per line, with the separators of each part escaped", () => {
  const source: Source = { name: "a,b:c%.yaml", text: "one\ntwo" };
  const diagnostics = [
    unknownMachine(at(source, 0, 3), { message: "100%, a: b\r\nc", help: "look" }),
    unknownMachine(at(source, 1, 5), { severity: "warning", message: "m" }),
    unknownMachine(at(source, 0, 0), {
      severity: "note",
      message: "m",
      related: [{ message: "here", range: at(source, 4, 5) }],
    }),
  ];
  assert.is(
    formatDiagnostics(diagnostics, [source], { format: "github", color: false }),
    `::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=3,title=unknown-machine::100%25, a: b%0D%0Ac%0Ahelp: look
::warning file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=unknown-machine::m
::notice file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=unknown-machine::m%0Aa,b:c%25.yaml:2:1: note: here
`,
  );
});

test("sarif is a log with every code as a rule", () => {
  const source: Source = { name: "dir/ä b#.yaml", text: "one\ntwo" };
  const related = [{ message: "here", range: at({ ...source, name: "/abs.yaml" }, 0, 1) }];
  const log = JSON.parse(
    formatDiagnostics(
      [unknownMachine(at(source, 4, 6), { related, message: "m", help: "look" })],
      [source],
      { format: "sarif", color: false },
    ),
  );
  assert.is(log.version, "2.1.0");
  const [run] = log.runs;
  assert.is(run.columnKind, "utf16CodeUnits");
  assert.equal(
    run.tool.driver.rules.map(({ id }: { id: string }) => id),
    Object.keys(codes),
  );
  assert.equal(run.results, [
    {
      ruleId: "unknown-machine",
      ruleIndex: Object.keys(codes).indexOf("unknown-machine"),
      level: "error",
      message: { text: "m\nhelp: look" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "dir/%C3%A4%20b%23.yaml" },
            region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 3 },
          },
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "file:///abs.yaml" },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
          },
          message: { text: "here" },
        },
      ],
    },
  ]);
});

test("without diagnostics only sarif says something", () => {
  for (const format of ["text", "json", "github"] as const) {
    assert.is(formatDiagnostics([], [], { format, color: true }), "");
  }
  assert.equal(
    JSON.parse(formatDiagnostics([], [], { format: "sarif", color: false })).runs[0].results,
    [],
  );
});

test.run();
