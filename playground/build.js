import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const pages = ["index.html", "colours.css", "style.css", "icon.svg"];
const modules = local("../dist/modules");

/**
 * Adds to the bundles the other files of the page, and a service worker that keeps exactly these
 * files.
 */
export function pageFiles() {
  return {
    name: "page-files",
    buildStart() {
      rmSync(local("../dist/playground"), { recursive: true, force: true });
    },
    generateBundle() {
      const emit = (fileName, source) => this.emitFile({ type: "asset", fileName, source });
      for (const page of pages) {
        emit(page, readFileSync(local(page), "utf8").replace("<!-- source -->", sourceLink()));
      }
      emit("examples.json", JSON.stringify(readExamples()));
      for (const file of readdirSync(modules).filter((name) => name.endsWith(".wasm"))) {
        emit(file, readFileSync(path.join(modules, file)));
      }
    },
  };
}

/** Tells the page how much its workers load, and the browser which scripts the page needs at once. */
export function loading() {
  return {
    name: "loading",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const main = bundle["main.js"];
        const sizes = Object.values(bundle)
          .filter(({ fileName }) => /worker\.js$|\.wasm$/.test(fileName))
          .map(({ fileName, code, source }) => [fileName, Buffer.byteLength(code ?? source)]);
        main.code = `const sizes = ${JSON.stringify(Object.fromEntries(sizes))};\n${main.code}`;
        const links = ["main.js", ...main.imports].map(
          (file) => `<link rel="modulepreload" href="${file}" />`,
        );
        const page = bundle["index.html"];
        page.source = page.source.replace("<!-- scripts -->", links.join("\n    "));
      },
    },
  };
}

/** Tells the service worker the names of all files, and a name for exactly these bytes. */
export function offline() {
  return {
    name: "offline",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = Object.values(bundle).filter(({ fileName }) => fileName !== "offline.js");
        const contents = files.map((file) => [
          file.fileName,
          file.type === "chunk" ? file.code : file.source,
        ]);
        const worker = bundle["offline.js"];
        worker.code = serviceWorker("inventory2nix", new Map(contents), worker.code);
      },
    },
  };
}

/** The code of `offline.js`, told the name of its site and the files that it keeps. */
export function serviceWorker(site, files, code) {
  const hash = createHash("sha256");
  for (const [name, content] of files) {
    hash.update(name).update(content);
  }
  const build = hash.digest("hex").slice(0, 16);
  return `const site = "${site}", files = ${JSON.stringify([...files.keys()])}, build = "${build}";\n${code}`;
}

/** A link to the source, which has an address once package.json has one. */
function sourceLink() {
  const { homepage } = JSON.parse(readFileSync(local("../package.json"), "utf8"));
  return homepage === undefined
    ? ""
    : `<a href="${homepage}" rel="noreferrer"><span>Source</span><small>The compiler, and where to report problems</small></a>`;
}

/** The examples with their texts; folders that all files of one share are left out. */
function readExamples() {
  return JSON.parse(readFileSync(local("examples.json"), "utf8")).map(({ files, ...example }) => ({
    ...example,
    files: files.map((file) => ({
      name: files.length === 1 ? "inventory.yaml" : file.split("/").at(-1),
      text: readFileSync(local(`../${file}`), "utf8").replace(/^# yaml-language-server:.*\n/, ""),
    })),
  }));
}

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
