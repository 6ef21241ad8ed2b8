/**
 * The module for `builtins.wasm` on a host in Node. What it gives is compared inside Nix with what
 * importing the generated file gives, or evaluated there.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Case,
  diagnosticsFile,
  inCopy,
  readCases,
  readExpected,
  servicesFile,
} from "./cases.js";
import { withFiles } from "./component-hosts.js";
import {
  type Evaluation,
  evaluateInModule,
  evaluatorFile,
  functions,
  interfaceOfModule,
  NixApplication,
  NixCode,
  NixPath,
  type NixValue,
  toCode,
} from "./evaluator-host.js";
import { evaluate, withNix } from "./nix.js";

const test = suite("the module for Nix's evaluator");
const testWithModule = withFiles(test, evaluatorFile);
const testWithNix = testWithModule === test ? withNix(test) : testWithModule;
const nix = path.join(import.meta.dirname, "../nix");

// The others have no value: they write JSON or YAML, or need raw Nix.
const cases = readCases().filter(({ options }) => {
  return (options.to ?? "nix") === "nix" && options.allowNix !== true;
});

let temporary = "";

test.before(() => {
  temporary = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
});

test.after(() => {
  rmSync(temporary, { recursive: true });
});

testWithModule("it asks for nothing but what Nix offers", () => {
  const { imports, exports } = interfaceOfModule();
  const offered = `panic warn make_int get_int make_float make_bool get_bool make_null make_string
    make_path make_list make_attrset get_attr call_function make_app copy_string copy_path read_file
    copy_list`.split(/\s+/);
  assert.equal(imports.map(({ name }) => name).sort(), offered.sort());
  assert.ok(imports.every(({ module, kind }) => module === "env" && kind === "function"));
  assert.equal(exports.map(({ name }) => name).sort(), ["compile", "memory", "nix_wasm_init_v1"]);
});

for (const golden of cases) {
  const { name, folder } = golden;
  const expected = readExpected(folder, diagnosticsFile);

  testWithModule(`${name}: the same diagnostics`, async () => {
    const { error, warnings } = await run(golden);
    if (name.startsWith("error-")) {
      assert.is(error, `\n${expected.trimEnd()}`);
      assert.equal(warnings, []);
    } else {
      assert.is(error, undefined);
      assert.is(warnings.map((warning) => `${warning.slice(1)}\n`).join("\n"), expected);
    }
  });
}

testWithNix("every value is the one that its imported file gives", async () => {
  const comparisons = await Promise.all(
    cases
      .filter(({ name }) => !name.startsWith("error-"))
      .map(async (golden): Promise<[string, string]> => {
        const value = (await run(golden)).value!;
        const file = path.join(golden.folder, golden.outputFile);
        return [
          golden.name,
          `compare ${file} (${argumentsFor(value)}) (args: root: ${toCode(value)})`,
        ];
      }),
  );
  const results = evaluate(`let
      # Files that a golden names need not exist.
      scope.builtins = builtins // {
        readFile = file: "the text of \${toString file}\\n";
        readDir = _: { "b.nix" = "regular"; "a.nix" = "regular"; "c.txt" = "regular"; };
      };
      functions = builtins.scopedImport scope ${nix}/evaluator-functions.nix;
      root = /somewhere/inventory;
      compare = file: args: value:
        let
          imported = builtins.scopedImport scope file;
          expected = if builtins.isFunction imported then imported (args // { inherit root; }) else imported;
          actual = value args root;
        in
        actual == expected && describe actual == describe expected;
      # To Nix, 1 and 1.0 are equal, and so are 0.0 and -0.0.
      describe = value:
        if builtins.isAttrs value then builtins.mapAttrs (_: describe) value
        else if builtins.isList value then map describe value
        else [ (builtins.typeOf value) (if builtins.isFloat value then builtins.toJSON value else null) ];
    in
    { ${comparisons.map(([name, comparison]) => `"${name}" = ${comparison};`).join("\n")} }`);
  assert.equal(results, Object.fromEntries(comparisons.map(([name]) => [name, true])));
  assert.ok(comparisons.length > 50);
});

testWithModule("the folders in machines/ are machines, unless they are given", () => {
  const project = folderWith({
    "machines/kiosk/configuration.nix": "{ }",
    "machines/README.md": "",
    "inventory/a.yaml": "instances: { i: { module: sshd, roles: { client: { tags: [all] } } } }",
  });
  symlinkSync("kiosk", path.join(project, "machines/link"));
  const clients = (given: { readonly [name: string]: NixValue } = {}) =>
    members(evaluateIn(project, "inventory", given), "i", "client");
  assert.equal(clients(), ["kiosk"]);
  assert.equal(clients({ knownMachines: new Map([["mac", "darwin"]]) }), ["mac"]);
  // Outside a project nothing is known.
  assert.equal(members(evaluateIn(undefined, `${project}/inventory`), "i", "client"), []);
});

testWithModule("what Clan reads itself counts, unless it is turned off", () => {
  const project = folderWith({
    "flake.nix": "",
    "inventory.json": '{ "machines": { "kiosk": {} }, "tags": { "web": ["kiosk"] } }',
    "inventory/a.yaml":
      "machines: [a]\ninstances: { i: { module: sshd, roles: { client: { tags: [all] } } } }",
  });
  const clients = (given: { readonly [name: string]: NixValue } = {}) =>
    members(evaluateIn(project, "inventory", given), "i", "client");
  assert.equal(clients(), ["a", "kiosk"]);
  assert.equal(clients({ inventoryJson: true }), ["a", "kiosk"]);
  assert.equal(clients({ inventoryJson: false }), ["a"]);
  const { value } = evaluateIn(project, "inventory");
  assert.match(toCode(value!), /^\{ "machines" = \{ "a" = \{ {2}\}; \};/, "is not repeated");

  writeFileSync(path.join(project, "inventory.json"), '{ "machine": {} }');
  assert.match(
    evaluateIn(project, "inventory").error!,
    /^\ninventory\.json:1:3: error: unknown key/,
  );
  // Outside a project nothing is known.
  assert.is(evaluateIn(undefined, `${project}/inventory`).error, undefined);

  rmSync(path.join(project, "inventory.json"));
  writeFileSync(path.join(project, "shared.json"), '{ "machines": { "shared": {} } }');
  symlinkSync("shared.json", path.join(project, "inventory.json"));
  assert.equal(clients(), ["a", "shared"], "a link to a file");
});

testWithModule("notes on files are shown, and where machines were looked for", () => {
  const sshd = (machine: string) =>
    `machines: [a]\ninstances: { i: { module: sshd, roles: { client: { machines: [${machine}] } } } }`;
  const project = folderWith({
    "flake.nix": "",
    "machines/b/x.nix": "",
    "inventory/a.yaml": sshd("b"),
    "inventory/deeper/b.yaml": "machines: [c]",
    "bad.yaml": sshd("xyz"),
  });
  const { error, warnings } = evaluateIn(project, "inventory");
  assert.is(error, undefined);
  assert.is(warnings.length, 1);
  assert.match(warnings[0]!, /^\ninventory\/a\.yaml:1:1: note: the files in 'inventory\/deeper'/);
  assert.match(
    evaluateIn(project, "bad.yaml").error!,
    "help: it is not declared, and not in 'machines' ('knownMachines' for others)",
  );
});

testWithModule("missing files are found, unless nobody can look for them", () => {
  const text =
    "machines: [a]\ninstances: { i: { module: { name: i, input: self }, roles: { r: { machines: [a], settings: { key: !path ./a.pub } } } } }";
  const project = folderWith({ "flake.nix": "", "inventory.yaml": text });
  assert.match(evaluateIn(project, "inventory.yaml").warnings.join(), /\[missing-file\]/);
  const { warnings } = evaluateIn(project, "inventory.yaml", { hasFiles: false });
  assert.equal(warnings, []);
  // Nix would stop at the list of what is in a file.
  writeFileSync(path.join(project, "inventory.yaml"), text.replace("./a.pub", "./flake.nix/a.pub"));
  assert.equal(evaluateIn(project, "inventory.yaml").warnings, []);
});

testWithModule("services are checked against the clan-core that is asked for", () => {
  const text = "machines: [a]\ninstances: { pki: { roles: { default: { machines: [a] } } } }";
  const warnings = (given: { readonly [name: string]: NixValue }) =>
    evaluateText(text, given).warnings.join();
  assert.match(warnings({ clanCore: "2026-01-01" }), /clan-core as of 2026-01-01/);
  assert.is(warnings({ clanCore: "latest" }), warnings({}));
  assert.match(evaluateText(text, { clanCore: "1.0" }).error!, /no clan-core '1\.0' is built in/);

  const locked = { lastModified: Date.UTC(2026, 0, 1) / 1000 };
  const lock = { nodes: { root: { inputs: { "clan-core": "c" } }, c: { locked } }, root: "root" };
  const project = folderWith({ "inventory.yaml": text, "flake.lock": JSON.stringify(lock) });
  const pinned = /clan-core as of 2026-01-01 \(from flake\.lock;/;
  assert.match(evaluateIn(project, "inventory.yaml").warnings.join(), pinned);
  assert.match(evaluateIn(undefined, `${project}/inventory.yaml`).warnings.join(), pinned);
});

testWithModule("a text needs no file", () => {
  const { value, warnings } = evaluateText("machines: { a: , b: }\ntags: { t: { except: [a] } }\n");
  assert.equal(warnings, []);
  assert.is(
    toCode(value!),
    '{ "machines" = { "a" = {  }; "b" = {  }; }; "tags" = { "t" = [ ("b") ]; }; }',
  );
  assert.match(evaluateText("machine: {}").error!, /^\n<text>:1:1: error: unknown key 'machine'/);
  assert.is(evaluateText('{"machines": {"a": {}}}').error, undefined);
  assert.match(evaluateText("").error!, /\[empty-input\]/);
});

testWithModule("an empty set stays one, and so do empty strings and lists", () => {
  assert.is(toCode(evaluateText("{}").value!), "{  }");
  const code = toCode(evaluateText(settings({ text: "", list: [], map: {}, none: null })).value!);
  assert.match(code, /"text" = ""; "list" = \[ {2}\]; "map" = \{ {2}\}; "none" = null;/);
});

testWithModule("the services of clan-core are known under the name of the input", () => {
  const text =
    "machines: [a]\ninstances: { i: { module: { name: no-such, input: clan }, roles: { r: { machines: [a] } } } }";
  assert.not.match(evaluateText(text).warnings.join(), /\[unknown-service\]/);
  assert.match(
    evaluateText(text.replace("clan }", "clan-core }")).warnings.join(),
    /\[unknown-service\]/,
  );
  assert.match(
    evaluateText(text, { clanCoreInput: "clan" }).warnings.join(),
    /\[unknown-service\]/,
  );
});

testWithModule("raw Nix is refused", () => {
  assert.match(evaluateText(settings({ code: { $nix: "1 + 1" } })).error!, /\[raw-nix\]/);
});

testWithModule("what Nix need not evaluate is left for later", () => {
  const { value } = evaluateText(
    settings({
      key: { $path: "./a.pub" },
      here: { $path: "." },
      etc: { $path: "/etc/hosts" },
      text: { $fileContents: "./a.pub" },
      module: { $ref: "self.nixosModules.a" },
      host: { $interpolate: "nb.${self.domain}$${" },
      list: { $concat: [["a"], { $ref: "self.list" }] },
    }),
  );
  const code = toCode(value!);
  assert.match(code, /"key" = \(functions\.append\) \(root\) \("\/a\.pub"\);/);
  assert.match(code, /"here" = root;/);
  assert.match(code, /"etc" = \(\/\. \+ "\/etc\/hosts"\);/);
  assert.match(code, /"text" = \(functions\.fileContents\) \(\(functions\.append\) /);
  assert.match(
    code,
    /"host" = \(functions\.interpolate\) \(args\) \(\[ \("nb\."\) \(\[ \("self"\) \("domain"\) \]\) \("\\\$\{"\) \]\);/,
  );
  assert.match(
    code,
    /"list" = \(functions\.concat\) \(\[ \(\[ \("a"\) \]\) \(\(functions\.select\) /,
  );
  assert.match(
    code,
    /"module" = \(functions\.select\) \(args\) \(\[ \("self"\) \("nixosModules"\) \("a"\) \]\);/,
  );
});

testWithModule("what cannot be read, and a word that an option does not have, stop it", () => {
  const project = folderWith({ "bad.yaml": Buffer.from([0x61, 0xff]), "empty/x.txt": "" });
  assert.match(evaluateIn(project, "none.yaml").error!, /^\nnone\.yaml.*no such file or directory/);
  assert.match(evaluateIn(project, "empty").error!, /empty.*this folder has no \.yaml/);
  assert.match(evaluateText("{}", { services: [project] }).error!, /: is a folder/);
  assert.match(evaluateText("{}", { services: [`${project}/none`] }).error!, /no such file/);
  assert.match(evaluateIn(project, "bad.yaml").error!, /bad\.yaml:1:2: error: invalid UTF-8/);
  assert.match(evaluateText("{}", { emit: "declred" }).error!, /'--emit' .*declred/);
});

testWithModule("findings name files as seen from the project", () => {
  const project = folderWith({ "bad.yaml": "machine: {}\n" });
  const other = folderWith({ "bad.yaml": "machine: {}\n" });
  symlinkSync("bad.yaml", path.join(project, "link.yaml"));
  assert.match(evaluateIn(project, "bad.yaml").error!, /^\nbad\.yaml:1:1: error/);
  assert.match(evaluateIn(project, "link.yaml").error!, /^\nlink\.yaml:1:1: error/);
  assert.match(evaluateIn(project, ".").error!, /^\n\.\/bad\.yaml:1:1: error/);
  const elsewhere = path.join(other, "bad.yaml");
  for (const from of [project, undefined]) {
    assert.ok(evaluateIn(from, elsewhere).error!.startsWith(`\n${elsewhere}:1:1: error`));
  }
});

testWithModule("input that is hostile to the engine's stack is a diagnostic", () => {
  const deep = `x-a: ${"[".repeat(3000)}`;
  assert.match(evaluateText(deep).error!, /\[too-deep\]|\[syntax\]|nest/);
  assert.is(evaluateText(`x-a: ${"[".repeat(62)}${"]".repeat(62)}`).error, undefined);
});

withNix(test)("readInventory asks builtins.wasm with what it is given", () => {
  const project = folderWith({
    "flake.nix": "",
    "inventory/a.yaml": "",
    "services.json": "{}",
    "module.wasm": "",
  });
  const asked = read(
    `src = ${project}/inventory; args.self = 1; emit = "declared"; services = [ ${project}/services.json "none" ]; clanCoreInput = "clan"; clanCore = "2026-01-01"; knownMachines.mac = "darwin"; inventoryJson = false; denyWarnings = true; severities = [ { code = "all"; severity = "ignore"; } ]; module = ${project}/module.wasm;`,
    '_: argument: builtins.removeAttrs argument [ "functions" ] // { src = toString argument.src; project = toString argument.project; root = toString argument.root; }',
  );
  assert.equal(asked.value, {
    src: `${project}/inventory`,
    project,
    root: `${project}/inventory`,
    args: { self: 1 },
    emit: "declared",
    services: [`${project}/services.json`, "none"],
    clanCoreInput: "clan",
    clanCore: "2026-01-01",
    knownMachines: { mac: "darwin" },
    inventoryJson: false,
    denyWarnings: true,
    severities: [{ code: "all", severity: "ignore" }],
    hasFiles: true,
  });

  const config = read(
    `src = ${project}/inventory/a.yaml; module = ${project}/module.wasm;`,
    "config: argument: { inherit (config) function; path = toString config.path; root = toString argument.root; names = builtins.attrNames argument; }",
  );
  assert.equal(config.value, {
    function: "compile",
    path: `${project}/module.wasm`,
    root: `${project}/inventory`,
    names:
      `args denyWarnings emit functions hasFiles inventoryJson project root services severities src`.split(
        " ",
      ),
  });

  const text = read(
    `text = "machines: {}"; module = ${project}/module.wasm;`,
    "_: argument: { inherit (argument) text; names = builtins.attrNames argument; }",
  );
  assert.equal(text.value, {
    text: "machines: {}",
    names:
      `args denyWarnings emit functions hasFiles inventoryJson root services severities text`.split(
        " ",
      ),
  });
});

withNix(test)("where it cannot, readInventory says what to do", () => {
  const file = path.join(folderWith({ "inventory.yaml": "{}" }), "inventory.yaml");
  assert.match(
    read(`src = ${file};`).error!,
    /this Nix has no 'builtins\.wasm'.*no 'runner'[^]*give 'system'[^]*commit what[^]*wasm-builtin/,
  );
  const wasm = "_: _: { }";
  assert.match(
    read(`src = ${file}; module = ${file}.wasm;`, wasm).error!,
    /module .* is not at .*yaml\.wasm/,
  );
  assert.match(
    read(`src = ${file}; module = ${file}; allowNix = true;`, wasm).error!,
    /'allowNix' needs/,
  );
  assert.match(read("", wasm).error!, /either 'src', a file or a folder, or 'text'/);
  assert.match(read(`src = ${file}; emitt = "";`, wasm).error!, /unexpected argument 'emitt'/);
  assert.match(
    read(`text = ""; module = ${file};`, "_: { root, ... }: root").error!,
    /need a 'root'/,
  );
});

withNix(test)("an option that it cannot take is named", () => {
  const project = folderWith({ "flake.nix": "", "inventory.yaml": "", "module.wasm": "" });
  const module = `module = ${project}/module.wasm;`;
  const given = `src = ${project}/inventory.yaml; ${module}`;
  // What uses all of it, as the module does.
  const wasm = '_: argument: builtins.deepSeq (removeAttrs argument [ "functions" ]) { }';
  const says = (options: string, error: RegExp) => {
    assert.match(read(options, wasm).error ?? "no error", error, options);
  };
  assert.equal(read(given, wasm).value, {});
  for (const [name, values] of Object.entries({
    emit: ['"resolve"', "1", "null"],
    services: ["./services.json", '[ "built-in" ]', "[ 1 ]"],
    clanCoreInput: ["1", "{ }"],
    clanCore: ["{ }"],
    knownMachines: ["[ ]", '{ a = "windows"; }', "{ a = null; }"],
    inventoryJson: ["null", "1"],
    denyWarnings: ['"yes"'],
    allowNix: ["1"],
    severities: [
      "{ }",
      "[ { } ]",
      '[ "machine-name" ]',
      '[ { code = "machine-name"; } ]',
      '[ { code = "machine-name"; severity = "info"; } ]',
    ],
    args: ["1", "[ ]"],
    root: ['"here"', "1"],
  })) {
    for (const value of values) {
      says(`${given} ${name} = ${value};`, RegExp(`readInventory: '${name}' must be `));
    }
  }
  for (const src of ["1", '"inventory.yaml"', "{ }"]) {
    says(
      `src = ${src}; ${module}`,
      /readInventory: 'src' must be a path, such as \.\/inventory\.yaml/,
    );
  }
  says(
    `src = ${project}/none.yaml; ${module}`,
    /there is no file or folder .*none\.yaml .*'git add'/,
  );
  says(`text = 1; ${module}`, /'text' must be the inventory as a string, not an integer/);
});

withNix(test)("missing files are looked for beside the inventory alone", () => {
  const project = folderWith({ "flake.nix": "", "inventory/a.yaml": "", "module.wasm": "" });
  const looks = (given: string) =>
    read(`${given} module = ${project}/module.wasm;`, "_: { hasFiles, ... }: hasFiles").value;
  assert.is(looks(`src = ${project}/inventory;`), true);
  assert.is(looks(`src = ${project}/inventory; root = ${project}/inventory;`), true);
  assert.is(looks(`src = ${project}/inventory; root = ${project};`), false);
  assert.is(looks('text = "{}";'), false);
});

withNix(test)("a reference that leads nowhere is named", () => {
  const select = (args: string, names: string) =>
    attempt(`(import ${nix}/evaluator-functions.nix).select ${args} [ ${names} ]`);
  assert.is(select("{ self.a = 1; }", '"self" "a"').value, 1);
  assert.is(select("{ self.inputs.a = 1; }", '"inputs" "a"').value, 1);
  assert.is(select("{ self.inputs.a = 1; inputs.a = 2; }", '"inputs" "a"').value, 2);
  assert.match(select("{ }", '"self" "a"').error!, /'self\.a', but 'args' has no 'self'/);
  assert.match(select("{ self = { }; }", '"self" "a"').error!, /'self\.a', but there is no 'a'/);
});

test.run();

/** What `readInventory` gives where `builtins.wasm` is this function. */
function read(given: string, wasm?: string) {
  const scope = wasm === undefined ? "{ }" : `{ builtins = builtins // { wasm = ${wasm}; }; }`;
  return attempt(`builtins.scopedImport ${scope} ${nix}/read-inventory.nix { ${given} }`);
}

function attempt(code: string): { readonly value?: unknown; readonly error?: string } {
  try {
    return { value: evaluate(code) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Runs a case where nothing but its own files can be seen. */
function run(golden: Case): Promise<Evaluation> {
  return inCopy(golden, (folder) => runIn(folder, golden));
}

function runIn(folder: string, { operand, options }: Case): Evaluation {
  const { emit, knownMachines = {}, denyWarnings, severities = [], services, limits } = options;
  const catalogue = services === null ? "none" : path.join(folder, servicesFile);
  return evaluateIn(folder, operand, {
    ...(emit !== undefined && { emit }),
    knownMachines: new Map(Object.entries(knownMachines)),
    ...(denyWarnings !== undefined && { denyWarnings }),
    severities: severities.map((rule) => new Map(Object.entries(rule))),
    ...(services !== undefined && { services: [catalogue] }),
    ...(limits !== undefined && {
      limits: new Map(Object.entries(limits).map(([name, limit]) => [name, BigInt(limit)])),
    }),
  });
}

function evaluateIn(
  project: string | undefined,
  src: string,
  given: { readonly [name: string]: NixValue } = {},
): Evaluation {
  return evaluateInModule({
    src: new NixPath(path.resolve(project ?? "/", src)),
    ...(project !== undefined && { project: new NixPath(project) }),
    ...context,
    ...given,
  });
}

function evaluateText(text: string, given: { readonly [name: string]: NixValue } = {}): Evaluation {
  return evaluateInModule({ text, ...context, ...given });
}

const context = { root: new NixCode("root"), args: new NixCode("args"), functions };

/** An inventory whose one member has these settings, in JSON. */
function settings(values: object): string {
  const role = { machines: ["a"], settings: values };
  return JSON.stringify({
    machines: ["a"],
    instances: { i: { module: { name: "i", input: "self" }, roles: { r: role } } },
  });
}

function members({ value, error }: Evaluation, ...[instance, role]: readonly string[]): string[] {
  assert.is(error, undefined);
  const found = ["instances", instance!, "roles", role!, "machines"].reduce<NixValue | undefined>(
    (at, name) => (at as ReadonlyMap<string, NixValue> | undefined)?.get(name),
    value,
  );
  return [...((found as ReadonlyMap<string, NixValue> | undefined)?.keys() ?? [])];
}

/** Arguments in which every reference of a value leads to a string that tells its name. */
function argumentsFor(value: NixValue): string {
  const references = referencesIn(value).map(({ names, isList }) => ({
    path: names[0] === "inputs" ? ["self", ...names] : names,
    isList,
  }));
  const tree = new Map<string, NixValue>();
  for (const { path, isList } of references) {
    let at = tree;
    for (const name of path.slice(0, -1)) {
      const next = (at.get(name) ?? new Map()) as Map<string, NixValue>;
      at.set(name, next);
      at = next;
    }
    const text = path.join(" ");
    at.set(path.at(-1)!, isList ? [text] : text);
  }
  return toCode(tree);
}

/** A reference in a value; a part of a list is a list itself. */
interface FoundReference {
  readonly names: readonly string[];
  readonly isList: boolean;
}

function referencesIn(value: NixValue, isList = false): readonly FoundReference[] {
  const inside = (inner: NixValue) => referencesIn(inner);
  if (value instanceof NixApplication) {
    const [first, second] = value.argumentList;
    switch (toCode(value.callee)) {
      case "functions.select":
        return [{ names: second as readonly string[], isList }];
      case "functions.interpolate":
        return (second as readonly NixValue[])
          .filter((part) => Array.isArray(part))
          .map((names) => ({ names: names as readonly string[], isList: false }));
      case "functions.concat":
        return (first as readonly NixValue[]).flatMap((part) => referencesIn(part, true));
      default:
        return value.argumentList.flatMap(inside);
    }
  }
  if (Array.isArray(value)) {
    return value.flatMap(inside);
  }
  return value instanceof Map ? [...value.values()].flatMap(inside) : [];
}

function folderWith(files: { readonly [name: string]: string | Uint8Array }): string {
  const folder = mkdtempSync(path.join(temporary, "project-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}
