import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as nix from "../src/nix/ast.js";
import { print } from "../src/nix/print.js";
import { data, name, text } from "./arbitrary-nix.js";
import fc from "./fast-check.js";
import { evaluate, withNix } from "./nix.js";

const {
  add,
  attrs,
  binding,
  bool,
  call,
  code,
  float,
  fn,
  formal,
  identifier,
  int,
  letIn,
  list,
  path,
  raw,
  select,
  string,
} = nix;
const root = identifier("root");

// nixfmt 1.4.0 leaves these layouts alone; `test/nixfmt.ts` checks that.

test("a file is its comments and an expression", () => {
  assert.is(print({ comments: ["Made by hand.", ""], body: int(1) }), "# Made by hand.\n#\n1\n");
});

test("a line break of any kind in a comment does not end the comment", () => {
  assert.is(print({ comments: ["a\nb\rc\r\nd "], body: int(1) }), "# a\n# b\n# c\n# d\n1\n");
});

test("a list of one item stays on a line, one of several has a line for each", () => {
  assert.is(
    print(
      list([
        list([]),
        list([int(1)]),
        list([list([bool(true)])]),
        list([nix.nixNull, string("a")]),
      ]),
    ),
    `[
  [ ]
  [ 1 ]
  [ [ true ] ]
  [
    null
    "a"
  ]
]
`,
  );
});

test("a set with bindings always has lines of its own", () => {
  assert.is(
    print(
      attrs([
        binding("a", attrs([])),
        binding(["b", "c d", "e"], list([attrs([binding("f", int(1))])])),
      ]),
    ),
    `{
  a = { };
  b."c d".e = [
    {
      f = 1;
    }
  ];
}
`,
  );
});

test("bindings keep their order", () => {
  assert.is(
    print(attrs([binding("b", int(1)), binding("a", int(2))])),
    "{\n  b = 1;\n  a = 2;\n}\n",
  );
});

test("a line has at most 100 columns after its indentation", () => {
  assert.is(printWide(list([wide(94)])), '[ "<94>" ]\n');
  assert.is(printWide(list([wide(95)])), '[\n  "<95>"\n]\n');
  assert.is(printWide(attrs([binding("a", list([wide(89)]))])), '{\n  a = [ "<89>" ];\n}\n');
  assert.is(
    printWide(attrs([binding("a", list([wide(90)]))])),
    '{\n  a = [\n    "<90>"\n  ];\n}\n',
  );
});

test("columns are code points", () => {
  assert.is(print(list([string("😀".repeat(94))])), `[ "${"😀".repeat(94)}" ]\n`);
  assert.is(print(list([string("é".repeat(95))])), `[\n  "${"é".repeat(95)}"\n]\n`);
  for (const pair of ["\u{10000}", "\u{103ff}"]) {
    assert.is(print(list([string(pair.repeat(94))])), `[ "${pair.repeat(94)}" ]\n`);
  }
  for (const single of ["\uff01", "\ue000"]) {
    assert.is(print(list([string(single.repeat(95))])), `[\n  "${single.repeat(95)}"\n]\n`);
  }
});

test("a string stays on the line of a plain name, however long it is", () => {
  assert.is(
    printWide(attrs([binding(["a", "b", "c", "d"], wide(200))])),
    '{\n  a.b.c.d = "<200>";\n}\n',
  );
});

test("a string too long for the line of a quoted or long name goes below it", () => {
  assert.is(printWide(attrs([binding("a b", wide(89))])), '{\n  "a b" = "<89>";\n}\n');
  assert.is(printWide(attrs([binding("a b", wide(90))])), '{\n  "a b" =\n    "<90>";\n}\n');
  assert.is(
    printWide(attrs([binding(["a", "b", "c", "d", "e"], wide(200))])),
    '{\n  a.b.c.d.e =\n    "<200>";\n}\n',
  );
});

test("a value without quotes or brackets goes below a name that leaves no room for it", () => {
  const longName = "n".repeat(93);
  assert.is(print(attrs([binding(longName, int(123))])), `{\n  ${longName} = 123;\n}\n`);
  assert.is(print(attrs([binding(longName, int(1234))])), `{\n  ${longName} =\n    1234;\n}\n`);
});

test("a bracket stays on the line of its name, except for a quoted one that leaves no room", () => {
  const value = attrs([binding("a", int(1))]);
  assert.is(
    print(attrs([binding("n".repeat(99), value)])),
    `{\n  ${"n".repeat(99)} = {\n    a = 1;\n  };\n}\n`,
  );
  assert.is(
    print(attrs([binding("é".repeat(94), value)])),
    `{\n  "${"é".repeat(94)}" = {\n    a = 1;\n  };\n}\n`,
  );
  assert.is(
    print(attrs([binding("é".repeat(95), value)])),
    `{\n  "${"é".repeat(95)}" =\n    {\n      a = 1;\n    };\n}\n`,
  );
});

test("a string escapes what ends it, what Nix would expand, and line breaks", () => {
  assert.is(print(string('"\\\n\r\t')), '"\\"\\\\\\n\\r\\t"\n');
  assert.is(print(string("${a} $${a} $a $$ {")), '"\\${a} $\\${a} $a $$ {"\n');
});

test("a string has every other character as it is", () => {
  const others = "\u0001\u000b\u007f\u00a0\u2028\ufeffé😀'";
  assert.is(print(string(others)), `"${others}"\n`);
});

test("a text of several lines is written between ''", () => {
  assert.is(
    print(
      attrs([
        binding("a", string("#!/bin/sh\n\n  echo ${x} $y 'z' \"\\\"\n")),
        binding("b", list([string("a\nb\nc")])),
      ]),
    ),
    `{
  a = ''
    #!/bin/sh

      echo ''\${x} $y 'z' "\\"
  '';
  b = [
    ''
      a
      b
      c''
  ];
}
`,
  );
});

test("a text goes below a quoted name that leaves it no room", () => {
  assert.is(
    print(attrs([binding("é".repeat(93), string("a\nb\n"))])),
    `{\n  "${"é".repeat(93)}" = ''\n    a\n    b\n  '';\n}\n`,
  );
  assert.is(
    print(attrs([binding("é".repeat(94), string("a\nb\n"))])),
    `{\n  "${"é".repeat(94)}" =\n    ''\n      a\n      b\n    '';\n}\n`,
  );
});

test("a text that '' could change stays an ordinary string", () => {
  const texts = [
    "a\n",
    "a\nb",
    " a\n b\n",
    "\na\nb\n",
    "a \nb\n",
    "a\n \nb\n",
    "a\nb\nc ",
    "a\n\tb\n",
    "a\r\nb\r\n",
    "a\n\u00a0b\n",
    "a\n''\n",
    "a\n$${b}\n",
    "a\n'${b}\n",
    "a\nb\nc'",
    "a\nb\nc$",
    "a\nb\n\u0001\n",
  ];
  for (const text of texts) {
    assert.is(print(list([string(text)])), `[ ${print(string(text)).trim()} ]\n`);
  }
});

test("an integer is its digits, -2^63 a difference", () => {
  assert.is(print(int(0)), "0\n");
  assert.is(print(int(-1)), "-1\n");
  assert.is(print(int(2n ** 63n - 1n)), "9223372036854775807\n");
  assert.is(print(int(-(2n ** 63n))), "-9223372036854775807 - 1\n");
  assert.is(print(int(-(2 ** 63))), "-9223372036854775807 - 1\n");
  assert.is(print(int(2 ** 62)), "4611686018427387904\n");
});

test("a float has a point and the fewest digits", () => {
  const texts = [0, 1, 0.1, -1.5, 1e6, 1e20, 1e21, 1.5e300, 1e-7, 2 ** -1022].map((value) =>
    print(float(value)).trim(),
  );
  assert.equal(texts, [
    "0.0",
    "1.0",
    "0.1",
    "-1.5",
    "1000000.0",
    "100000000000000000000.0",
    "1.0e21",
    "1.5e300",
    "1.0e-7",
    "2.2250738585072014e-308",
  ]);
});

test("a float without a literal is written as JSON", () => {
  const texts = [-0, 5e-324, -1e-310].map((value) => print(float(value)).trim());
  assert.equal(texts, [
    'builtins.fromJSON "-0.0"',
    'builtins.fromJSON "5e-324"',
    'builtins.fromJSON "-1e-310"',
  ]);
});

test("compound expressions have parentheses in a list", () => {
  assert.is(
    print(
      list([
        int(-1),
        int(-(2n ** 63n)),
        float(-0.5),
        float(5e-324),
        path("/a b"),
        add(root, string("/a")),
        call(root, int(1)),
      ]),
    ),
    `[
  (-1)
  (-9223372036854775807 - 1)
  (-0.5)
  (builtins.fromJSON "5e-324")
  (/. + "/a b")
  (root + "/a")
  (root 1)
]
`,
  );
});

test("a name is quoted unless it is plain and no keyword", () => {
  const names = [
    "a",
    "_",
    "a-b'",
    "A1",
    "true",
    "__proto__",
    "",
    "1a",
    "-a",
    "a.b",
    "é",
    "${a}",
    "or",
    "inherit",
    "with",
  ];
  const lines = print(attrs(names.map((name) => binding(name, nix.nixNull))))
    .split("\n")
    .slice(1, -2);
  assert.equal(
    lines.map((line) => line.slice(2, -" = null;".length)),
    [
      "a",
      "_",
      "a-b'",
      "A1",
      "true",
      "__proto__",
      '""',
      '"1a"',
      '"-a"',
      '"a.b"',
      '"é"',
      '"\\${a}"',
      '"or"',
      '"inherit"',
      '"with"',
    ],
  );
});

test("an attribute of a variable quotes its names alike", () => {
  assert.is(
    print(select(identifier("inputs"), ["srvos", "my mod", "or"])),
    'inputs.srvos."my mod"."or"\n',
  );
});

test("a path is a literal where Nix has one", () => {
  const paths = [
    "/a/b.nix",
    "/a_b/-c+",
    "/",
    ".",
    "..",
    "./a",
    "../a/b",
    "a/b",
    "...",
    "/a b",
    "/a/",
    "//a",
    "/~",
    "a b",
    "../a b",
  ];
  assert.equal(
    paths.map((text) => print(path(text)).trim()),
    [
      "/a/b.nix",
      "/a_b/-c+",
      "/.",
      "./.",
      "../.",
      "./a",
      "../a/b",
      "./a/b",
      "./...",
      '/. + "/a b"',
      '/. + "/a/"',
      '/. + "//a"',
      '/. + "/~"',
      './. + "/a b"',
      './. + "/../a b"',
    ],
  );
});

test("a sum that is too long has a line for each operand", () => {
  const sum = (width: number) => printWide(attrs([binding("a", add(root, wide(width)))]));
  assert.is(sum(86), '{\n  a = root + "<86>";\n}\n');
  assert.is(sum(87), '{\n  a =\n    root + "<87>";\n}\n');
  assert.is(sum(90), '{\n  a =\n    root + "<90>";\n}\n');
  assert.is(sum(91), '{\n  a =\n    root\n    + "<91>";\n}\n');
  assert.is(printWide(list([add(root, wide(200))])), '[\n  (\n    root\n    + "<200>"\n  )\n]\n');
});

test("a call that is too long opens its argument, or puts it below", () => {
  const read = (argument: nix.NixExpr) =>
    call(select(identifier("builtins"), ["readFile"]), argument);
  assert.is(
    printWide(attrs([binding("a", read(add(root, wide(80)))), binding("b", read(wide(200)))])),
    '{\n  a = builtins.readFile (\n    root + "<80>"\n  );\n  b = builtins.readFile "<200>";\n}\n',
  );
  assert.is(
    printWide(list([read(add(root, wide(80)))])),
    '[\n  (builtins.readFile (\n    root + "<80>"\n  ))\n]\n',
  );
  assert.is(printWide(call(select(root, ["a b"]), wide(90))), 'root."a b"\n  "<90>"\n');
  assert.is(
    printWide(list([call(select(root, ["a b"]), wide(90))])),
    '[\n  (root."a b"\n    "<90>"\n  )\n]\n',
  );
  assert.is(print(call(root, list([int(1), int(2)]))), "root [\n  1\n  2\n]\n");
  assert.is(
    print(call(identifier("f".repeat(98)), list([int(1), int(2)]))),
    `${"f".repeat(98)} [\n  1\n  2\n]\n`,
  );
  assert.is(
    print(call(identifier("f".repeat(99)), list([int(1), int(2)]))),
    `${"f".repeat(99)}\n  [\n    1\n    2\n  ]\n`,
  );
  assert.is(
    print(call(root, call(root, attrs([binding("a", int(1))])))),
    "root (root {\n  a = 1;\n})\n",
  );
});

test("a call of plain words is never broken", () => {
  const plain = call(select(root, ["a"]), wide(100));
  assert.is(printWide(attrs([binding("a", plain)])), '{\n  a = root.a "<100>";\n}\n');
  assert.is(
    printWide(list([plain, call(root, plain)])),
    '[\n  (root.a "<100>")\n  (root (\n    root.a "<100>"\n  ))\n]\n',
  );
  const words = [nix.nixNull, int(1), float(0.5), float(-5e-324), path("./a")].map((word) =>
    call(identifier("f".repeat(99)), word),
  );
  assert.is(
    print(list(words)).replaceAll("f".repeat(99), "f"),
    '[\n  (f null)\n  (f 1)\n  (f 0.5)\n  (f (\n    builtins.fromJSON "-5e-324"\n  ))\n  (f ./a)\n]\n',
  );
});

test("a call of other words is broken as soon as its name is", () => {
  const inverted = call(root, int(-1));
  const long = (letter: string, width: number) => letter.repeat(width);
  assert.is(
    print(attrs([binding(long("n", 87), inverted)])),
    `{\n  ${long("n", 87)} = root (-1);\n}\n`,
  );
  assert.is(
    print(attrs([binding(long("n", 88), inverted)])),
    `{\n  ${long("n", 88)} = root (\n    -1\n  );\n}\n`,
  );
  assert.is(
    print(attrs([binding(long("n", 92), inverted)])),
    `{\n  ${long("n", 92)} =\n    root\n      (-1);\n}\n`,
  );
  assert.is(
    print(attrs([binding(long("é", 96), inverted)])),
    `{\n  "${long("é", 96)}" =\n    root\n      (-1);\n}\n`,
  );
  assert.is(
    print(attrs([binding(long("é", 97), inverted)])),
    `{\n  "${long("é", 97)}" =\n    root (-1);\n}\n`,
  );
  assert.is(
    print(list([call(identifier(long("f", 99)), int(-1))])),
    `[\n  (${long("f", 99)}\n    (-1)\n  )\n]\n`,
  );
  assert.is(
    print(list([call(identifier(long("f", 100)), int(-1))])),
    `[\n  (\n    ${long("f", 100)}\n    (-1)\n  )\n]\n`,
  );
});

test("let has its bindings and its body on separate lines, and is omitted without bindings", () => {
  assert.is(print(letIn([binding("a", int(1))], identifier("a"))), "let\n  a = 1;\nin\na\n");
  assert.is(print(letIn([], int(1))), "1\n");
});

test("a function has its arguments on a line if they are few and have no default", () => {
  assert.is(print(fn([], int(1))), "{ ... }:\n1\n");
  assert.is(print(fn([formal("a"), formal("b")], int(1))), "{ a, b, ... }:\n1\n");
  assert.is(
    print(fn([formal("a"), formal("b"), formal("c")], int(1))),
    "{\n  a,\n  b,\n  c,\n  ...\n}:\n1\n",
  );
  assert.is(print(fn([formal("a", int(1))], int(1))), "{\n  a ? 1,\n  ...\n}:\n1\n");
  assert.is(
    print(fn([formal("a", string("b".repeat(200)))], int(1))),
    `{\n  a ? "${"b".repeat(200)}",\n  ...\n}:\n1\n`,
  );
  assert.is(print(fn([formal("a".repeat(90))], int(1))), `{ ${"a".repeat(90)}, ... }:\n1\n`);
  assert.is(print(fn([formal("a".repeat(91))], int(1))), `{\n  ${"a".repeat(91)},\n  ...\n}:\n1\n`);
  assert.is(
    print(
      fn(
        [
          formal("inputs", select(identifier("self"), ["inputs"])),
          formal("root", path(".")),
          formal("self"),
        ],
        attrs([]),
      ),
    ),
    "{\n  inputs ? self.inputs,\n  root ? ./.,\n  self,\n  ...\n}:\n{ }\n",
  );
});

test("let and functions have parentheses on separate lines in a list", () => {
  assert.is(
    print(list([letIn([binding("a", int(1))], identifier("a")), fn([], int(1))])),
    `[
  (
    let
      a = 1;
    in
    a
  )
  (
    { ... }:
    1
  )
]
`,
  );
});

test("raw code keeps its text, on separate lines", () => {
  assert.is(
    print(attrs([binding("a", raw("{ b }:\n  b # c")), binding("d", list([raw("1")]))])),
    "{\n  a = (\n{ b }:\n  b # c\n  );\n  d = [\n    (\n1\n    )\n  ];\n}\n",
  );
});

test("multi-line code is indented", () => {
  assert.is(print(attrs([binding("a", code(["x:", "x"]))])), "{\n  a =\n    x:\n    x;\n}\n");
});

test("a million lines are printed", () => {
  const row = attrs([binding("a", string("text")), binding("b", list([int(1), int(2)]))]);
  assert.is(
    print(list(Array.from({ length: 150_000 }, () => row))).split("\n").length,
    150_000 * 7 + 3,
  );
});

const nixTest = withNix(test);

nixTest("Nix reads back 6,000 random values as they were", () => {
  const values = fc.sample(data, { numRuns: 6000 });
  assert.equal(differing(values), []);
});

nixTest("Nix reads back 3,000 random strings as they were, as values, items and names", () => {
  const texts = fc.sample(text, { numRuns: 3000 });
  const names = [...new Set(fc.sample(name, { numRuns: 3000 }))];
  const values = texts.flatMap((text) => [
    string(text),
    list([string(text)]),
    attrs([binding("a", string(text))]),
  ]);
  assert.equal(differing([...values, attrs(names.map((name) => binding(name, nix.nixNull)))]), []);
});

nixTest("Nix reads back functions, attribute paths and sums as they were", () => {
  const bound = binding("b", attrs([binding(["c d", "or"], identifier("a"))]));
  const expr = fn(
    [formal("a", add(string("${x}"), string('"')))],
    letIn([bound], select(identifier("b"), ["c d", "or"])),
  );
  assert.is(evaluate(`(${print(expr)}) { ignored = 1; }`), '${x}"');
});

nixTest("Nix reads back paths as they were", () => {
  const paths = ["/", "/a/b.nix", "/a b", "/a/../b", "/a//b/", "/a~", "/${x}", '/"'];
  const values = evaluate(
    `map (p: [ (builtins.typeOf p) (toString p) ]) ${print(list(paths.map(path)))}`,
  );
  const canonical = ["/", "/a/b.nix", "/a b", "/b", "/a/b", "/a~", "/${x}", '/"'];
  assert.equal(
    values,
    canonical.map((text) => ["path", text]),
  );
});

nixTest("relative paths start at the folder of the file", () => {
  const paths = [".", "./a", "a/b", "...", "a b", "..", "../c", "../a b"];
  inFolder({ "printed.nix": print(list(paths.map(path))) }, (folder) => {
    const up = dirname(folder);
    assert.equal(evaluate(`map toString (import ${folder}/printed.nix)`), [
      folder,
      `${folder}/a`,
      `${folder}/a/b`,
      `${folder}/...`,
      `${folder}/a b`,
      up,
      `${up}/c`,
      `${up}/a b`,
    ]);
  });
});

nixTest("a comment at the end of raw code does not swallow what follows", () => {
  assert.equal(evaluate(print(list([raw("1 # one"), raw("2\n# two")]))), [1, 2]);
});

nixTest("a comment at the head cannot become code", () => {
  assert.is(evaluate(print({ comments: ["a\r2 + ", "b\n3 + "], body: int(1) })), 1);
});

test("zero needs no parentheses, and paths are written as short as Nix reads them", () => {
  assert.is(print(nix.list([nix.int(0)])), "[ 0 ]\n");
  assert.is(print(nix.list([nix.float(0)])), "[ 0.0 ]\n");
  assert.is(print(nix.path(".")), "./.\n");
  assert.is(print(nix.path("..")), "../.\n");
  assert.is(print(nix.list([nix.path("ab/cd/ef")])), "[ ./ab/cd/ef ]\n");
});

test.run();

function wide(columns: number): nix.NixString {
  return string("w".repeat(columns));
}

/** What is printed, with the texts of {@link wide} as their widths. */
function printWide(expr: nix.NixExpr): string {
  return print(expr).replace(/w{20,}/g, (text) => `<${text.length}>`);
}

/** Those of the printed values that Nix takes for something else than their JSON. */
function differing(values: readonly nix.NixExpr[]): string[] {
  const files = {
    "printed.nix": print(list(values)),
    "values.json": json(list(values)),
    "differing.nix": differingNix,
  };
  const indices = inFolder(files, (folder) =>
    evaluate(`import ${folder}/differing.nix`),
  ) as number[];
  return indices.map((index) => print(values[index]!));
}

const differingNix = `
let
  printed = import ./printed.nix;
  values = builtins.fromJSON (builtins.readFile ./values.json);
  same =
    a: b:
    builtins.typeOf a == builtins.typeOf b
    && (
      if builtins.isList a then
        builtins.length a == builtins.length b && builtins.all (i: same (builtins.elemAt a i) (builtins.elemAt b i)) (indices a)
      else if builtins.isAttrs a then
        builtins.attrNames a == builtins.attrNames b && builtins.all (name: same a.\${name} b.\${name}) (builtins.attrNames a)
      else if builtins.isFloat a then
        a == b && toString a == toString b # which tells -0.0 from 0.0
      else
        a == b
    );
  indices = list: builtins.genList (i: i) (builtins.length list);
in
assert builtins.length printed == builtins.length values;
builtins.filter (i: !same (builtins.elemAt printed i) (builtins.elemAt values i)) (indices values)
`;

function json(expr: nix.NixExpr): string {
  switch (expr.kind) {
    case "string":
      return JSON.stringify(expr.value);
    case "float":
      return Object.is(expr.value, -0) ? "-0.0" : String(expr.value).replace(/^-?\d+$/, "$&.0");
    case "bool":
    case "int":
      return String(expr.value);
    case "list":
      return `[${expr.items.map(json).join(",")}]`;
    case "attrs":
      return `{${entriesOf(expr).join(",")}}`;
    default:
      return "null";
  }
}

function entriesOf({ bindings }: nix.NixAttrs): readonly string[] {
  const entries: string[] = [];
  bindings.forEach(({ name, value }) => {
    entries.push(`${JSON.stringify([name].flat()[0])}:${json(value)}`);
  });
  return entries;
}

/** Calls `use` with a folder that holds these files while it runs. */
function inFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "inventory2nix-")));
  try {
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(folder, file), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
