/**
 * The functions of `nix/` with real Nix, in a temporary store. Builds have no sandbox, because Node
 * and wasmtime are outside the store.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { componentFile, wasmtime, withFiles } from "./component-hosts.js";
import { withNix } from "./nix.js";

const test = suite("inside Nix");
const testWithNix = withNix(test);
const testWithWasmtime =
  testWithNix === test ? withFiles(test, componentFile, wasmtime) : testWithNix;

const nix = path.join(import.meta.dirname, "../nix");
const node = realpathSync(process.execPath);
let temporary = "";

test.before(() => {
  temporary = realpathSync(mkdtempSync(path.join(tmpdir(), "inventory2nix-")));
});

test.after(() => {
  spawnSync("chmod", ["-R", "u+w", temporary]);
  rmSync(temporary, { recursive: true });
});

testWithNix("an inventory is compiled by Node and imported in one evaluation", () => {
  const { status, stderr } = build(path.join(nix, "test.nix"), "--argstr", "node", node);
  assert.is(status, 0, stderr);
});

testWithWasmtime("the component under wasmtime writes the same bytes", () => {
  const { status, stdout, stderr } = build(
    path.join(nix, "test.nix"),
    "--argstr",
    "node",
    node,
    "--argstr",
    "wasmtime",
    wasmtime,
  );
  assert.is(status, 0, stderr);
  const [byNode, byComponent] = stdout
    .trim()
    .split("\n")
    .map((file) => readFileSync(file, "utf8"));
  assert.is(byComponent, byNode);
});

testWithNix("a mistake fails the build with its place, and leaves the old output to import", () => {
  const src = folder({
    "inventory.yaml":
      "machines: { laptop: }\ninstances: { sshd: { roles: { server: { machines: [laptop] } } } }\n",
  });
  const file = path.join(src, "inventory.yaml");
  const old = build("-E", compilation(file));
  assert.is(old.status, 0, old.stderr);

  writeFileSync(file, readFileSync(file, "utf8").replace("[laptop]", "[lapto]"));
  const { status, stdout, stderr } = build("-E", compilation(file));
  assert.is.not(status, 0);
  assert.is(stdout, "");
  assert.match(
    stderr,
    /^inventory\.yaml:2:52: error: no machine is named 'lapto'; did you mean 'laptop'\? \[unknown-machine\]/m,
  );
  assert.equal(evaluate(`builtins.attrNames (import ${old.stdout.trim()}).machines`), ["laptop"]);
});

testWithNix("of a folder, only the inventory is seen by the build", () => {
  const project = folder({
    "flake.nix": "",
    "inventory/a.yaml": "machines: { a: }",
    "inventory/b.json": '{ "machines": { "b": {} } }',
    "inventory/secret.txt": "secret",
    "inventory/deeper/c.yaml": "machines: { c: }",
    "machines/a/secret.yaml": "secret",
    "other/d.yaml": "machines: { d: }",
    "e.yaml": "machines: { e: }",
  });
  const src = path.join(project, "inventory");
  const derivation = run("nix-instantiate", ["-E", compilation(src)]);
  assert.is(derivation.status, 0, derivation.stderr);
  const references = run("nix-store", ["--query", "--references", derivation.stdout.trim()])
    .stdout.trim()
    .split("\n");
  const source = references.find((reference) => reference.endsWith("-inventory"))!;
  assert.equal(filesIn(source), ["inventory/a.yaml", "inventory/b.json"]);
  assert.equal(
    evaluate(`builtins.attrNames (import ${build("-E", compilation(src)).stdout.trim()}).machines`),
    ["a", "b"],
  );
});

testWithNix("services are checked against the clan-core that flake.lock pins", () => {
  const locked = { lastModified: Date.parse("2026-01-01") / 1000 };
  const nodes = { core: { locked }, root: { inputs: { "clan-core": "core" } } };
  const project = folder({
    "flake.nix": "",
    "flake.lock": JSON.stringify({ nodes, root: "root" }),
    "inventory.yaml":
      "machines: { a: }\ninstances: { pki: { roles: { default: { machines: [a] } } } }\n",
  });
  const { stderr } = build(
    "-E",
    compilation(path.join(project, "inventory.yaml"), "denyWarnings = true;"),
  );
  assert.match(stderr, "checked against clan-core as of 2026-01-01 (from flake.lock;");
});

testWithNix("or against the one that is asked for", () => {
  const src = path.join(
    folder({
      "inventory.yaml":
        "machines: { a: }\ninstances: { pki: { roles: { default: { machines: [a] } } } }\n",
    }),
    "inventory.yaml",
  );
  const dated = (options: string) =>
    build("-E", compilation(src, `denyWarnings = true; ${options}`));
  assert.match(dated('clanCore = "2026-01-01";').stderr, "against clan-core as of 2026-01-01");
  assert.is(dated('clanCore = "latest";').status, 0);
  assert.match(dated('clanCore = "1.0";').stderr, "no clan-core '1.0' is built in");
});

testWithNix("what Clan reads itself counts beside flake.nix, unless it is turned off", () => {
  const text =
    "machines: { a: }\ninstances: { i: { roles: { r: { tags: [all] } }, module: { input: self } } }\n";
  const json = '{ "machines": { "kiosk": {} } }';
  const compiled = (src: string, options = "") => {
    const { status, stdout, stderr } = build("-E", compilation(src, options));
    assert.is(status, 0, stderr);
    const file = `(import ${stdout.trim()})`;
    return evaluate(
      `map builtins.attrNames [ ${file}.machines ${file}.instances.i.roles.r.machines ]`,
    );
  };
  const flake = folder({
    "flake.nix": "",
    "inventory.json": json,
    "inventory.yaml": text,
    "deep/inventory/a.yaml": text,
    "deep/inventory.json": '{ "machines": { "no": {} } }',
  });
  const both = [["a"], ["a", "kiosk"]];
  const alone = [["a"], ["a"]];
  assert.equal(compiled(path.join(flake, "inventory.yaml")), both, "a file");
  assert.equal(compiled(path.join(flake, "deep/inventory")), both, "a folder");
  assert.equal(compiled(path.join(flake, "inventory.yaml"), "inventoryJson = true;"), both);
  assert.equal(compiled(path.join(flake, "inventory.yaml"), "inventoryJson = false;"), alone);

  const plain = folder({ "inventory.json": json, "inventory.yaml": text });
  assert.equal(compiled(path.join(plain, "inventory.yaml")), alone, "without a flake");
  const odd = folder({ "flake.nix": "", "inventory.json/x": "", "inventory.yaml": text });
  assert.equal(compiled(path.join(odd, "inventory.yaml")), alone, "a folder of that name");
  const own = folder({ "flake.nix": "", "inventory.json": json, "a.yaml": text });
  assert.equal(
    compiled(own),
    [
      ["a", "kiosk"],
      ["a", "kiosk"],
    ],
    "as one of the inventory's own files",
  );
});

testWithNix("a mistake in what Clan reads itself is shown there", () => {
  const src = folder({
    "flake.nix": "",
    "inventory.json": '{ "machine": {} }',
    "inventory.yaml": "machines: { a: }\n",
  });
  const { status, stderr } = build("-E", compilation(path.join(src, "inventory.yaml")));
  assert.is.not(status, 0);
  assert.match(stderr, /^inventory\.json:1:3: error: unknown key 'machine'/m);
});

testWithNix("readInventory reads it along, too", () => {
  const src = folder({
    "flake.nix": "",
    "inventory.json": '{ "machines": { "kiosk": {} } }',
    "inventory.yaml":
      "machines: { a: }\ninstances: { i: { roles: { r: { tags: [all] } }, module: { input: self } } }\n",
  });
  const members = (options: string) => {
    const { stdout, stderr } = run("nix-instantiate", [
      "--eval",
      "--strict",
      "--json",
      "--read-write-mode",
      "-E",
      `builtins.attrNames ((import ${nix}).readInventory { src = ${src}/inventory.yaml; runner = { program = "${node}"; args = [ "${path.dirname(nix)}/dist/bin.js" ]; }; ${options} }).instances.i.roles.r.machines`,
    ]);
    return JSON.parse(stdout || JSON.stringify(stderr));
  };
  assert.equal(members(""), ["a", "kiosk"]);
  assert.equal(members("inventoryJson = false;"), ["a"]);
});

testWithNix("folders in machines/ of the project are machines, whatever their names", () => {
  const all = "instances: { i: { roles: { r: { tags: [all] } }, module: { input: self } } }\n";
  const members = (src: string, options = "") => {
    const { status, stdout, stderr } = build("-E", compilation(src, options));
    assert.is(status, 0, stderr);
    return evaluate(`builtins.attrNames (import ${stdout.trim()}).instances.i.roles.r.machines`);
  };
  const machines = { "machines/b=c/x.nix": "", "machines/d/x.nix": "", "machines/e.nix": "" };
  const flake = folder({
    "flake.nix": "",
    "sub/.git": "",
    "sub/inventory/a.yaml": `machines: { a: }\n${all}`,
    "sub/inventory/machines/no/x.nix": "",
    "sub/machines/no/x.nix": "",
    ...machines,
  });
  symlinkSync("d", path.join(flake, "machines/link"));
  const file = path.join(flake, "sub/inventory/a.yaml");
  assert.equal(members(file), ["a", "b=c", "d"], "beside flake.nix, however far above");
  assert.equal(members(path.dirname(file)), ["a", "b=c", "d"]);
  assert.equal(members(`(builtins.toString ${file})`), ["a", "b=c", "d"], "a path in a string");
  assert.equal(members(file, 'knownMachines.x = "darwin";'), ["a", "x"], "as the user says");

  const repository = folder({ ".git": "", "deep/inventory/a.yaml": all, ...machines });
  assert.equal(members(path.join(repository, "deep/inventory")), ["b=c", "d"], "beside .git");

  const plain = folder({ "inventory/a.yaml": all, "inventory/machines/f/x.nix": "", ...machines });
  assert.equal(members(path.join(plain, "inventory")), ["b=c", "d"], "beside the folder");
  assert.equal(members(path.join(plain, "inventory/a.yaml")), ["f"], "beside the file");
});

testWithNix("the output of a derivation is compiled as it is", () => {
  const made = madeBy("made.yaml", "echo 'machines: [a]' > $out");
  const { status, stdout, stderr } = build("-E", compilation(made));
  assert.is(status, 0, stderr);
  assert.equal(evaluate(`builtins.attrNames (import ${stdout.trim()}).machines`), ["a"]);
});

testWithNix("what a derivation makes is built before `builtins.wasm` reads it", () => {
  const made = madeBy(
    "made",
    "/bin/mkdir -p $out/inventory && echo '{}' > $out/inventory/a.yaml && echo '{}' > $out/services.json",
  );
  const module = path.join(folder({ "module.wasm": "" }), "module.wasm");
  const { status, stdout, stderr } = run("nix-instantiate", [
    "--eval",
    "--strict",
    "--json",
    "--read-write-mode",
    "-E",
    `let
      wasm = _: { src, services, ... }: {
        files = builtins.attrNames (builtins.readDir src);
        services = map (file: builtins.pathExists (/. + file)) services;
        context = map builtins.getContext services;
      };
      made = ${made};
    in
    builtins.scopedImport { builtins = builtins // { inherit wasm; }; } ${nix}/read-inventory.nix {
      src = "\${made}/inventory";
      services = [ "\${made}/services.json" ];
      module = ${module};
    }`,
  ]);
  assert.is(status, 0, stderr);
  assert.equal(JSON.parse(stdout), { files: ["a.yaml"], services: [true], context: [{}] });
});

testWithNix("readInventory takes a text, and severities", () => {
  const read = (text: string, options = "") =>
    run("nix-instantiate", [
      "--eval",
      "--strict",
      "--json",
      "--read-write-mode",
      "-E",
      `(import ${nix}).readInventory { text = ${JSON.stringify(text)}; runner = { program = "${node}"; args = [ "${path.dirname(nix)}/dist/bin.js" ]; }; ${options} }`,
    ]);
  assert.equal(JSON.parse(read("machines: [a]").stdout), { machines: { a: {} } });
  assert.equal(JSON.parse(read('{ "machines": { "a": {} } }').stdout), { machines: { a: {} } });
  const rule = (severity: string) =>
    `severities = [ { code = "all"; severity = "${severity}"; } ];`;
  assert.match(read("machines: [a_b]", rule("error")).stderr, /\[machine-name\]/);
  assert.equal(JSON.parse(read("machines: [a_b]", rule("warning")).stdout), {
    machines: { a_b: {} },
  });
});

testWithNix("a mistake in a text is shown there, and its paths are not looked for", () => {
  const text = (machine: string) =>
    `machines: [a]\ninstances: { i: { module: { name: i, input: self }, roles: { r: { machines: [${machine}], settings: { key: !path ./a.pub } } } } }\n`;
  const compiled = (machine: string) =>
    build("-E", compilation(`null; denyWarnings = true; text = ${JSON.stringify(text(machine))}`));
  const { status, stdout, stderr } = compiled("a");
  assert.is(status, 0, stderr);
  assert.match(readFileSync(stdout.trim(), "utf8"), /^# Generated by inventory2nix from <text>;/);
  assert.match(compiled("b").stderr, /^<text>:2:78: error: no machine is named 'b'/m);
});

testWithNix("a build, which sees no other files, does not miss them", () => {
  const src = folder({
    "flake.nix": "",
    "flake.lock": "{}",
    "keys/a.pub": "",
    "inventory.yaml":
      "machines: [a]\ninstances: { i: { module: { name: i, input: self }, roles: { r: { machines: [a], settings: { key: !path ./keys/a.pub } } } } }\n",
  });
  const strict = 'denyWarnings = true; severities = [ { code = "all"; severity = "error"; } ];';
  const { status, stderr } = build("-E", compilation(path.join(src, "inventory.yaml"), strict));
  assert.is(status, 0, stderr);
});

testWithNix("a reference that 'args' does not have is named", () => {
  const src = folder({
    "inventory.yaml":
      "machines: [a]\ninstances: { i: { module: { name: i, input: self }, roles: { r: { machines: [a], extraModules: [!ref self.nixosModules.a, !ref inputs.b.c] } } } }\n",
  });
  const read = (args: string) =>
    run("nix-instantiate", [
      "--eval",
      "--strict",
      "--read-write-mode",
      "-E",
      `(import ${nix}).readInventory { src = ${src}/inventory.yaml; runner = { program = "${node}"; args = [ "${path.dirname(nix)}/dist/bin.js" ]; }; args = ${args}; }`,
    ]);
  assert.match(
    read("{ }").stderr,
    "error: the inventory refers to 'self', but 'args' has no 'self'",
  );
  const { status, stderr } = read("{ self = { nixosModules.a = { }; inputs.b.c = { }; }; }");
  assert.is(status, 0, stderr);
});

testWithNix("text that looks like code stays text", () => {
  const hostile = [
    "${builtins.readFile /etc/passwd}",
    "''${x}",
    '"; x = builtins.abort "y"; z = "',
    "''\n${x}",
    "$${x}",
    "\\${x}",
  ];
  const settings = Object.fromEntries(hostile.map((text) => [text, text]));
  const inventory = {
    machines: { a: {} },
    instances: {
      [hostile[0]!]: {
        module: { name: hostile[2], input: "self" },
        roles: { [hostile[1]!]: { machines: { a: { settings } } } },
      },
    },
  };
  const output = build(
    "-E",
    compilation(
      path.join(folder({ "inventory.json": JSON.stringify(inventory) }), "inventory.json"),
    ),
  );
  assert.is(output.status, 0, output.stderr);
  assert.equal(evaluate(`import ${output.stdout.trim()}`), inventory);
});

testWithNix("an inventory cannot bring in code, nor read what is outside of a flake", () => {
  const file = path.join(
    folder({
      "inventory.yaml": settingsOf(
        "!ref 'builtins.readFile /etc/passwd'",
        "!nix builtins.currentTime",
      ),
    }),
    "inventory.yaml",
  );
  const refused = build("-E", compilation(file));
  assert.is.not(refused.status, 0);
  assert.match(refused.stderr, /\[invalid-reference\]/);
  assert.match(refused.stderr, /\[raw-nix\]/);

  const flake = folder({
    "inventory.yaml": settingsOf(
      "!fileContents ../../../../../etc/passwd",
      "!fileContents /etc/passwd",
      "!fileContents flake.nix",
    ),
  });
  writeFileSync(
    path.join(flake, "flake.nix"),
    "{ outputs = _: builtins.mapAttrs (_: text: { inherit text; }) (import ./inventory.nix { }).instances.i.roles.r.machines.a.settings; }",
  );
  const compiled = spawnSync(
    node,
    [
      "dist/bin.js",
      "--output",
      path.join(flake, "inventory.nix"),
      path.join(flake, "inventory.yaml"),
    ],
    {
      cwd: path.dirname(nix),
      encoding: "utf8",
    },
  );
  assert.is(compiled.status, 0, compiled.stderr);
  const read = (name: string) =>
    run("nix", [
      "--extra-experimental-features",
      "nix-command flakes",
      "eval",
      "--raw",
      "--no-write-lock-file",
      `path:${flake}#${name}.text`,
    ]);
  assert.match(read("s0").stderr, /forbidden in pure/);
  assert.match(read("s1").stderr, /forbidden in pure/);
  assert.match(read("s2").stdout, /^\{ outputs/);
});

testWithNix("the template's output is current, and a check says what is not", () => {
  const src = path.join(temporary, "template");
  cpSync(path.join(nix, "templates/committed"), src, { recursive: true });
  const check = () =>
    build(path.join(nix, "test/check-current.nix"), "--argstr", "node", node, "--arg", "src", src);
  const current = check();
  assert.is(current.status, 0, current.stderr);

  const file = path.join(src, "inventory.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("12:30", "12:45"));
  const { status, stderr } = check();
  assert.is.not(status, 0);
  assert.match(stderr, /^-.*"12:30";$/m);
  assert.match(stderr, /^\+.*"12:45";$/m);
  assert.match(stderr, /\[stale-output\]/);
});

testWithNix("a check says which option it cannot take", () => {
  for (const [name, value] of [
    ["sources", '"inventory"'],
    ["sources", "[ ./inventory.yaml ]"],
    ["sources", "[ ]"],
    ["output", "./inventory.nix"],
    ["flags", '"--deny-warnings"'],
  ] as const) {
    const { status, stderr } = run("nix-instantiate", [
      path.join(nix, "test/check-current.nix"),
      "--argstr",
      "node",
      node,
      "--arg",
      "src",
      path.join(nix, "templates/committed"),
      "--arg",
      name,
      value,
    ]);
    assert.is.not(status, 0);
    assert.match(stderr, `error: checkCurrent: '${name}' must be `);
  }
});

testWithNix("a check takes any file name", () => {
  const src = folder({ "it's a $(fleet).yaml": "machines: { a: }\n" });
  const [name, output] = ["it's a $(fleet).yaml", "it's an $(output).nix"];
  const written = spawnSync(
    node,
    ["dist/bin.js", `-o${path.join(src, output)}`, path.join(src, name)],
    {
      cwd: path.dirname(nix),
      encoding: "utf8",
    },
  );
  assert.is(written.status, 0, written.stderr);
  const { status, stderr } = build(
    path.join(nix, "test/check-current.nix"),
    "--argstr",
    "node",
    node,
    "--arg",
    "src",
    src,
    "--arg",
    "sources",
    `[ ${JSON.stringify(name)} ]`,
    "--argstr",
    "output",
    output,
  );
  assert.is(status, 0, stderr);
});

test.run();

function folder(files: { readonly [name: string]: string }): string {
  const made = mkdtempSync(path.join(temporary, "fleet-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(made, name)), { recursive: true });
    writeFileSync(path.join(made, name), text);
  }
  return made;
}

/** The files in a folder, however deep. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Settings s0, s1, … of one member. */
function settingsOf(...values: readonly string[]): string {
  const settings = values.map((value, index) => `          s${index}: ${value}\n`).join("");
  return `machines: { a: }\ninstances:\n  i:\n    module: { name: i, input: self }\n    roles:\n      r:\n        machines: [a]\n        settings:\n${settings}`;
}

/** A derivation whose output a script makes. */
function madeBy(name: string, script: string): string {
  return `(derivation {
    name = "${name}";
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-c" "${script}" ];
  })`;
}

function compilation(src: string, options = ""): string {
  return `(import ${nix}).compile { ${options} src = ${src}; runner = { program = "${node}"; args = [ "${path.dirname(nix)}/dist/bin.js" ]; }; }`;
}

function evaluate(code: string): unknown {
  const { status, stdout, stderr } = run("nix-instantiate", [
    "--eval",
    "--strict",
    "--json",
    "-E",
    code,
  ]);
  assert.is(status, 0, stderr);
  return JSON.parse(stdout);
}

function build(...args: readonly string[]) {
  return run("nix-build", ["--no-out-link", ...args]);
}

function run(tool: string, args: readonly string[]) {
  const env = {
    ...process.env,
    NIX_STORE_DIR: path.join(temporary, "store"),
    NIX_STATE_DIR: path.join(temporary, "state"),
    NIX_LOG_DIR: path.join(temporary, "log"),
    NIX_CONFIG: "sandbox = false\nsubstitute = false\nbuild-users-group =\n",
  };
  return spawnSync(tool, args, { encoding: "utf8", env });
}
