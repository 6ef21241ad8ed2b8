/** Signs of other languages and of word processors, where YAML takes them for text or stumbles. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check, compile, type Diagnostic } from "../src/index.js";
import { applyEdits } from "../src/text/text-edit.js";

const fleet = `meta:
  name: home
machines:
  laptop:
    description: the old one
    tags: [mobile]
    deploy:
      targetHost: root@laptop
  server:
    tags:
      - office
      - always-on
instances:
  site:
    module: { name: site, input: self }
    roles:
      web:
        tags: [office]
        machines:
          laptop:
        settings:
          port: 8080
          night: "03:00"
          path: /srv/web
          key: !ref self.key
          list: !concat [[a], !ref self.list]
          users:
            - name: ann
            - name: bob
  ssh:
    module: { name: sshd }
    roles:
      server:
        machines: [laptop]
        settings:
          certificate:
            searchDomains: [lan]
      client: { tags: [mobile, always-on] }
`;

/** A line, how it is spoilt, and what is found; the first fix restores the line. */
const mistakes: readonly (readonly [line: string, spoilt: string, message: string])[] = [
  ["          port: 8080", "          port: 8080;", "the ';' at the end is a part of the text"],
  ["          port: 8080", "          port: 8080,", "the ',' at the end is a part of the text"],
  [
    "      targetHost: root@laptop",
    "      targetHost: root@laptop;",
    "the ';' at the end is a part of the text",
  ],
  [
    '          night: "03:00"',
    "          night: “03:00”",
    "'“' is a part of the text: YAML knows only \" and '",
  ],
  [
    '          night: "03:00"',
    '          night: 03:00"',
    'this text ends with ", but does not start with it',
  ],
  ['          night: "03:00"', '          night: "03:00"\u00a0', "U+00A0 is not a space in YAML"],
  [
    "          path: /srv/web",
    "          path: \u00a0/srv/web",
    "U+00A0 looks like a space, and is a part of the text",
  ],
  [
    "            - name: ann",
    "\u00a0\u00a0\u00a0\u00a0        - name: ann",
    "U+00A0 is not a space in YAML",
  ],
  [
    "          port: 8080",
    "          port:: 8080",
    "this key is 'port:': one colon is a part of it",
  ],
  [
    "  laptop:",
    "  laptop::",
    "nothing uses 'laptop:', but 2 places use 'laptop'; did you mean 'laptop'?",
  ],
  [
    "  laptop:",
    "  lapto:",
    "nothing uses 'lapto', but 2 places use 'laptop'; did you mean 'laptop'?",
  ],
  ["      - office", "      - office;", "the ';' at the end is a part of the text"],
  [
    "          key: !ref self.key",
    "          key: ref self.key",
    "this is a text, not the special form '!ref'",
  ],
  [
    "          key: !ref self.key",
    "          key: ! ref self.key",
    "this is a text, not the special form '!ref'",
  ],
  ["          port: 8080", "          port = 8080", "a key is followed by ':', not by '='"],
  ["          port: 8080", "          port = 8080;", "a key is followed by ':', not by '='"],
  ["          users:", "          users =", "a key is followed by ':', not by '='"],
  ["          users:", "          users：", "missing ':' after this key"],
  ["          users:", "          users:,", "unexpected ',' after the ':' of this key"],
  ["  ssh:", "  ssh:;", "unexpected ';' after the ':' of this key"],
  ["          users:", "          users:.", "unexpected '.' after the ':' of this key"],
  ["          users:", '          users:"', "unexpected '\"' after the ':' of this key"],
  ["          users:", "          users:]", "unexpected ']' after the ':' of this key"],
  ["          users:", "          users.", "missing ':' after this key"],
  ["          port: 8080", "          port. 8080", "missing ':' after this key"],
  ["  ssh:", '  "ssh:', "unterminated string"],
  [
    "          port: 8080",
    "          port: 8080]",
    "this text ends with ']', but nothing opens it",
  ],
  [
    "          path: /srv/web",
    "          path: /srv/web)",
    "this text ends with ')', but nothing opens it",
  ],
  ["      - office", "      - office}", "this text ends with '}', but nothing opens it"],
  [
    "          path: /srv/web",
    "          path: /srv\u200b/web",
    "U+200B is invisible, and is a part of the text",
  ],
  [
    "          port: 8080",
    "          po\u00adrt: 8080",
    "U+00AD is invisible, and is a part of the text",
  ],
  ["      - always-on", "      * always-on", "a list entry starts with '- ', not with '*'"],
  ["    tags: [mobile]", "    tags: [[mobile]", "this '[' is not closed"],
  ["  server:", "   server:", "this key is not aligned with the others in its map"],
  ["  server:", "\tserver:", "YAML cannot be indented with tabs"],
  ["  ssh:", "=======\n  ssh:", "this line is left of a merge conflict"],
];

for (const [line, spoilt, message] of mistakes) {
  test(`${JSON.stringify(spoilt)} is one mistake, and can be mended`, () => {
    const text = fleet.replace(`\n${line}\n`, `\n${spoilt}\n`);
    assert.not.equal(text, fleet);
    const [found, ...others] = findingsOf(text);
    assert.equal(others, []);
    assert.is(found?.message, message);
    assert.is(
      found!.range.start.line,
      fleet.slice(0, fleet.indexOf(`\n${line}\n`)).split("\n").length + 1,
    );
    const mended = applyFix(text, found!);
    assert.equal(findingsOf(mended), []);
    assert.is(outputOf(mended), outputOf(fleet));
  });
}

test("the fleet itself is fine, and so is what only looks like such signs", () => {
  assert.equal(findingsOf(fleet), []);
  const settings = [
    'a: 3.5"',
    "b: the users'",
    "c: proxy_pass http://x;",
    "d: https://a.b//c",
    "std::x: 1",
    "e: list[0]",
    "f: :)",
    "g: see (this)",
    "h: /*/lib/*/",
  ];
  const text = fleet.replace("port: 8080", settings.join("\n          "));
  assert.equal(findingsOf(text), []);
});

test("a comment with // is text, in a key as in a value", () => {
  const texts = [
    "          // port: 8080",
    "          port: web // the old one",
    "          port: web /* the old one */",
  ].map((line) => fleet.replace("          port: 8080", line));
  assert.equal(
    texts.map((text) => findingsOf(text).map(({ message }) => message)),
    [
      ["'// port' is a part of the text: '//' does not start a comment"],
      ["'// the old one' is a part of the text: '//' does not start a comment"],
      ["'/* the old one */' is a part of the text: '/*' does not start a comment"],
    ],
  );
});

test("a merge conflict is one finding, in JSON too", () => {
  const conflict = "<<<<<<< HEAD\n  port: 1\n=======\n  port: 2\n>>>>>>> main\n";
  const yaml = fleet.replace("          port: 8080\n", `${conflict}          host: a\n${conflict}`);
  assert.equal(
    findingsOf(yaml).map(({ code, range, related }) => [code, range.start.line, related.length]),
    [
      ["merge-conflict", 22, 2],
      ["merge-conflict", 28, 2],
    ],
  );
  const json = '{\n<<<<<<< HEAD\n"machines": ["a"]\n=======\n"machines": ["b"]\n>>>>>>> main\n}\n';
  const { diagnostics } = check({ name: "inventory.json", text: json });
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["merge-conflict"],
  );
});

test("what follows a second document is not looked at", () => {
  const text = fleet.replace("\n  ssh:", "\n---\n  ssh:");
  assert.equal(
    findingsOf(text).map(({ code }) => code),
    ["several-documents"],
  );
});

test("a value above the entries of its key becomes a comment", () => {
  const text = fleet.replace(
    "    module: { name: sshd }\n    roles:\n",
    "    module: { name: sshd }\n    roles: all of them\n",
  );
  const [found, ...others] = findingsOf(text);
  assert.equal(others, []);
  assert.is(found?.message, "this key has both a value and entries below");
  const mended = applyFix(text, found!);
  assert.equal(findingsOf(mended), []);
  assert.is(outputOf(mended), outputOf(fleet));
  assert.match(mended, "roles: # all of them\n");
});

test("a map on the line of its key is put on a line of its own", () => {
  const text = fleet.replace("machines:\n  laptop:\n", "machines: laptop:\n");
  const [found, ...others] = findingsOf(text);
  assert.equal(others, []);
  assert.is(applyFix(text, found!), fleet);
});

test("a template is one mistake", () => {
  const text = fleet.replace("[mobile]\n    deploy", "{{ tags }}\n    deploy");
  assert.equal(
    findingsOf(text).map(({ message, help }) => `${message}: ${help}`),
    ["a string that starts with '{' needs quotes: write \"{{ tags }}\""],
  );
});

test("a misspelt role is not also missing", () => {
  const text = `machines: [a, b]
instances:
  borgbackup: { roles: { client: { machines: [a] }, servr: { machines: [b] } } }
`;
  assert.equal(
    findingsOf(text).map(({ code }) => code),
    ["unknown-role"],
  );
});

function findingsOf(text: string): readonly Diagnostic[] {
  return check({ name: "fleet.yaml", text }).diagnostics;
}

function outputOf(text: string): string | undefined {
  return compile({ name: "fleet.yaml", text }).text;
}

function applyFix(text: string, { fixes = [] }: Diagnostic): string {
  const [{ edits }] = fixes as [NonNullable<Diagnostic["fixes"]>[number]];
  return applyEdits(
    text,
    edits.map(({ range, text }) => ({ start: range.start.offset, end: range.end.offset, text })),
  );
}

test.run();
