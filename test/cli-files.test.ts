/** The files in memory and those of Node do the same, down to the words of an error. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { closing, readAll, writeAll } from "../src/cli/bytes.js";
import type { FileSystem } from "../src/cli/file-system.js";
import { nodeFiles } from "../src/cli/node-files.js";
import { posixPaths } from "../src/cli/posix-paths.js";
import { attempt } from "../src/cli/system-error.js";
import fc from "./fast-check.js";
import { MemoryFiles } from "./memory-files.js";

const temporary = realpathSync(mkdtempSync(path.join(tmpdir(), "inventory2nix-")));
test.after(() => rmSync(temporary, { recursive: true }));

const links: { readonly [link: string]: string } = {
  near: "a/far",
  "a/far/up": "../../file",
  dangling: "a/nothing",
  ring: "ring",
  through: "near/../file",
};

function memory(): FileSystem {
  const files = new MemoryFiles();
  files.put(`${temporary}/a/far/`);
  for (const [link, target] of Object.entries(links)) {
    files.link(`${temporary}/${link}`, target);
  }
  return files;
}

function node(): FileSystem {
  mkdirSync(path.join(temporary, "a/far"), { recursive: true });
  for (const [link, target] of Object.entries(links)) {
    symlinkSync(target, path.join(temporary, link));
  }
  return nodeFiles;
}

/** What each operation gives, one after the other. */
function answers(files: FileSystem): readonly unknown[] {
  const at = (name: string) => `${temporary}/${name}`;
  const write = (name: string, text: string) => {
    const file = files.create(at(name));
    closing(file, () => {
      writeAll(file, Buffer.from(text));
      file.setPermissions({ ...files.stat(at(name)).permissions!, mode: 0o640 });
      file.flush();
    });
  };
  const read = (name: string) => {
    const file = files.open(at(name));
    return closing(file, () => Buffer.from(readAll(file).bytes).toString());
  };
  const operations: readonly (() => unknown)[] = [
    () => write("file", "text"),
    () => write("file", "other"),
    () => write("nowhere/file", "other"),
    () => write("file/below", "other"),
    () => write("dangling", "other"),
    () => read("file"),
    () => read("near/up"),
    () => read("nothing"),
    () => read("a\0b"),
    () => read("a"),
    () => read("ring"),
    () => read("file/below"),
    () => [files.stat(at("file")).kind, files.stat(at("file")).size],
    () => files.stat(at("file")).permissions!.mode,
    () => files.stat(at("file")).revision === files.stat(at("near/up")).revision,
    () => files.stat(at("near")).kind,
    () => files.stat(at("dangling")),
    () => [...files.list(temporary)].sort((a, b) => (a.name < b.name ? -1 : 1)),
    () => files.list(at("near")),
    () => files.list(at("file")),
    () => files.list(at("nothing")),
    () => files.realPath(at("near/up")),
    () => files.realPath(at("near/../file")),
    () => files.realPath(at("dangling")),
    () => files.realPath(at("ring")),
    () => files.readLink(at("near/up")),
    () => files.readLink(at("file")),
    () => files.readLink(at("nothing")),
    () => files.openInPlace(at("a")),
    () => files.rename(at("file"), at("a/moved")),
    () => files.rename(at("file"), at("a/moved")),
    () => read("a/moved"),
    () => files.rename(at("a/moved"), at("near")),
    () => files.readLink(at("near")),
    () => files.remove(at("near")),
    () => files.remove(at("near")),
    () => files.list(at("a")),
  ];
  return operations.map((operation) =>
    attempt(operation, ({ code, message }) => `${code}: ${message}`),
  );
}

test("files in memory and on disk answer the same", () => {
  assert.equal(answers(memory()), answers(node()));
});

test("an error names what is missing in plain words", () => {
  const refused = attempt(
    () => nodeFiles.stat(`${temporary}/none`),
    ({ code, message }) => [code, message],
  );
  assert.equal(refused, ["ENOENT", "no such file or directory"]);
});

test("a file of Node that may not be read says so", () => {
  if (process.getuid?.() === 0 || process.platform === "win32") {
    return;
  }
  const file = nodeFiles.create(`${temporary}/secret`);
  file.close();
  chmodSync(`${temporary}/secret`, 0);
  assert.is(
    attempt(
      () => nodeFiles.open(`${temporary}/secret`),
      ({ message }) => message,
    ),
    "permission denied",
  );
});

const somePath = fc
  .tuple(
    fc.constantFrom("", "/"),
    fc.array(fc.constantFrom("a", "b", "..", ".", "", "c d"), { maxLength: 6 }),
  )
  .map(([root, names]) => root + names.join("/"));

test("paths with '/' are resolved as Node does it", () => {
  fc.assert(
    fc.property(somePath, somePath, (from, to) => {
      const { resolve, relative, isAbsolute } = posixPaths;
      const [here, there] = [resolve("/w", from), resolve("/w", to)];
      assert.is(here, path.posix.resolve("/w", from));
      assert.is(isAbsolute(from), path.posix.isAbsolute(from));
      assert.is(relative(here, there), path.posix.relative(here, there));
      assert.is(posixPaths.join(here, "n"), path.posix.join(here, "n"));
      assert.is(posixPaths.dirname(here), path.posix.dirname(here));
      assert.is(posixPaths.basename(here), path.posix.basename(here));
    }),
  );
});

test("what is above a working folder without a name stays above it", () => {
  const { resolve, relative } = posixPaths;
  assert.is(resolve(".", "x/../y"), "y");
  assert.is(resolve(".", "x/.."), ".");
  assert.is(resolve(".", "../x"), "../x");
  assert.is(resolve(".", "../../x"), "../../x");
  assert.is(resolve(".", "/x/../.."), "/");
  assert.is(relative(".", "../x"), "../x");
  assert.is(relative("../x", "../y"), "../y");
  assert.is(relative("../x", "."), undefined);
  assert.is(relative("/x", "y"), undefined);
});

test.run();
