/** Programs that take the library and the component along, as the bundlers in use build them. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium as browsers } from "playwright-core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createServer as startVite } from "vite";
import { compile } from "../../../src/index.js";
import { chromium, componentFile, withFiles } from "../../component-hosts.js";
import { type Build, bundlers, type Target } from "./bundlers.js";

const root = path.join(import.meta.dirname, "../../..");
const source = { name: "inventory.yaml", text: "machines: { laptop: { tags: [desk] } }" };
const expected = [compile(source).text, compile(source).text];
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self'";

/** Holds a folder for each program, each with the package as it is published. */
const folder = mkdtempSync(path.join(tmpdir(), "bundlers-"));
const tarball = existsSync(componentFile) ? pack() : "";
let browser: Browser | undefined;

test.after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

for (const [name, build] of Object.entries(bundlers)) {
  withFiles(test, componentFile)(`${name} builds for Node`, async () => {
    const program = await built(build, name, "node");
    const file = readdirSync(program).find((file) => /^node\.[cm]js$/.test(file))!;
    // Away from the package, so that nothing of it is found.
    const alone = path.join(mkdtempSync(path.join(folder, "alone-")), file);
    cpSync(path.join(program, file), alone);
    const output = execFileSync(process.execPath, [alone], { encoding: "utf8" });
    assert.equal(JSON.parse(output), expected);
  });

  withFiles(
    test,
    componentFile,
    chromium,
  )(`${name} builds for a page and a worker`, async () => {
    const server = createServer(serving(await built(build, name, "page")));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      assert.equal(await visit(urlOf(server)), { page: expected, worker: expected });
    } finally {
      server.close();
    }
  });
}

withFiles(
  test,
  componentFile,
  chromium,
)("Vite serves it during development", async () => {
  const server = await startVite({
    root: program("vite-development"),
    configFile: false,
    logLevel: "silent",
    server: { port: 0, host: "127.0.0.1" },
  });
  await server.listen();
  try {
    assert.equal(await visit(urlOf(server.httpServer as Server)), {
      page: expected,
      worker: expected,
    });
  } finally {
    await server.close();
  }
});

test.run();

function pack(): string {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
    }),
  );
  return path.join(folder, filename);
}

/** A folder with the program, and the package installed in it. */
function program(name: string): string {
  const created = path.join(folder, name.replace(/\W+/g, "-"));
  const installed = path.join(created, "node_modules/inventory2nix");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  cpSync(path.join(import.meta.dirname, "program"), created, { recursive: true });
  writeFileSync(path.join(created, "package.json"), '{ "type": "module" }');
  return created;
}

/** The folder with what a bundler makes of the program. */
async function built(build: Build, name: string, target: Target): Promise<string> {
  const created = program(`${name}-${target}`);
  await build(created, target);
  return path.join(created, "out");
}

/** What the page and its worker compile; complaints of the browser are errors. */
async function visit(url: string): Promise<{ page: unknown; worker: unknown }> {
  browser ??= await browsers.launch({ executablePath: chromium!, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  try {
    await page.goto(url);
    await page.waitForFunction("window.inWorker", undefined, { timeout: 20_000 });
    return {
      page: await page.evaluate("inPage()"),
      worker: await page.evaluate("inWorker()"),
    };
  } catch (error) {
    throw new Error(`${String(error)}\n${complaints.join("\n")}`, { cause: error });
  } finally {
    await page.close();
  }
}

/** A server of files that allows a page as little as the component needs. */
function serving(files: string): Parameters<typeof createServer>[1] & object {
  const types: { readonly [extension: string]: string } = {
    ".html": "text/html",
    ".js": "text/javascript",
  };
  return ({ url }, response) => {
    const file = path.join(files, url === "/" ? "index.html" : path.normalize(url!));
    const text = existsSync(file)
      ? readFileSync(file, "utf8")
      : url === "/"
        ? plainPage
        : undefined;
    response.writeHead(text === undefined ? 404 : 200, {
      "content-security-policy": policy,
      "content-type": types[path.extname(file)] ?? "text/plain",
    });
    response.end(text);
  };
}

/** For bundlers that build scripts only. */
const plainPage =
  '<!doctype html><title>A page</title><script type="module" src="page.js"></script>';

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
