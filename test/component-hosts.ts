import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Test } from "uvu";
import type { CompileOptions, Diagnostic, Source } from "../src/index.js";

const root = path.join(import.meta.dirname, "..");
const hosts = path.join(root, "node_modules/.hosts");

export const componentFile = path.join(root, "dist/inventory2nix.wasm");
export const wasmtime = path.join(hosts, "wasmtime");
export const python = path.join(hosts, "python/bin/python");
export const neovim = path.join(hosts, "nvim");
export const actionlint = path.join(hosts, "actionlint");
export const newestNode = path.join(hosts, "node/node_modules/.bin/node");
export const chromium = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
].find(existsSync);

/**
 * As the component takes a case and gives its result, but for absent fields, which JSON leaves out.
 */
export interface ComponentCase {
  readonly sources: readonly Source[];
  readonly options: object;
}

export interface ComponentResult {
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics as the component gives them: their fixes are asked for apart. */
export function diagnosticRecords(diagnostics: readonly Diagnostic[]): unknown {
  return JSON.parse(JSON.stringify(diagnostics.map(({ fixes: _, ...record }) => record)));
}

/**
 * `test` where every file is there, none of them built before the sources were changed, and in CI;
 * else `test.skip`. `npm run setup:hosts` installs them.
 */
export function withFiles<T>(
  test: Test<T>,
  ...files: readonly (string | undefined)[]
): Test<T> | Test<T>["skip"] {
  const isThere = files.every((file) => file !== undefined && existsSync(file));
  const isCurrent = isThere && !files.some((file) => isOutdated(file!));
  if (process.env["CI"] === "true" || isCurrent) {
    return test;
  }
  console.log(
    isThere
      ? "the component is older than the sources (npm run build:component): tests that need it are skipped"
      : "the component or a host for it is not there (npm run setup:hosts && npm run build:component): tests that need them are skipped",
  );
  return test.skip;
}

/** Whether it is what `npm run build:component` made of other sources. */
function isOutdated(file: string): boolean {
  return file.endsWith(".wasm") && statSync(file).mtimeMs < lastChange();
}

function lastChange(): number {
  const times = ["src", "wasm", "schema"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => !file.startsWith("generated"))
      .map((file) => statSync(path.join(root, folder, file)))
      .filter((status) => status.isFile())
      .map(({ mtimeMs }) => mtimeMs),
  );
  return Math.max(...times);
}

/** The options of the library in the words of the WIT package, which takes catalogues as texts. */
export function toComponentOptions(
  options: CompileOptions,
  catalogues?: readonly Source[],
): object {
  const {
    knownMachines = {},
    allowNix = false,
    denyWarnings = false,
    rootDefault,
    services,
    ...others
  } = options;
  return {
    ...others,
    knownMachines: Object.entries(knownMachines).map(([name, machineClass]) => ({
      name,
      class: machineClass,
    })),
    allowNix,
    denyWarnings,
    ...(rootDefault !== undefined && {
      rootDefault: rootDefault === null ? { tag: "required" } : { tag: "path", val: rootDefault },
    }),
    ...(services !== undefined && { services: catalogues ?? [] }),
  };
}

export async function runInNode(
  node: string,
  cases: readonly ComponentCase[],
): Promise<ComponentResult[]> {
  const { stdout } = await runProgram(
    node,
    [path.join(root, "test/hosts/node.js")],
    JSON.stringify(cases),
  );
  return JSON.parse(stdout);
}

/** Runs cases in a page and in a module worker of it, under a policy that allows no eval. */
export async function runInChromium(
  cases: readonly ComponentCase[],
): Promise<{ page: ComponentResult[]; worker: ComponentResult[] }> {
  const { chromium: browsers } = await import("playwright-core");
  const server = createServer((request, response) => void serve(request.url!, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await browsers.launch({ executablePath: chromium!, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("window.runInPage");
    const argument = JSON.stringify(cases);
    return {
      page: await page.evaluate(`runInPage(${argument})`),
      worker: await page.evaluate(`runInWorker(${argument})`),
    };
  } finally {
    await browser.close();
    server.close();
  }
}

const types: { readonly [extension: string]: string } = {
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

async function serve(url: string, response: import("node:http").ServerResponse): Promise<void> {
  if (url === "/") {
    response.setHeader(
      "content-security-policy",
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'",
    );
    response
      .setHeader("content-type", "text/html")
      .end('<!doctype html><script type="module" src="/test/hosts/page.js"></script>');
    return;
  }
  const bytes = await readFile(path.join(root, path.normalize(url))).catch(() => undefined);
  if (bytes === undefined) {
    response.writeHead(404).end();
  } else {
    response.setHeader("content-type", types[path.extname(url)] ?? "text/plain").end(bytes);
  }
}

export interface Output {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runProgram(
  program: string,
  args: readonly string[],
  input: string | Uint8Array = "",
  cwd: string = root,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject).on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
    child.stdin.on("error", () => {}).end(input);
  });
}

/** The component as a command, compiled for this machine once. */
export async function precompile(
  folder: string,
): Promise<(args: readonly string[], cwd: string, input?: string | Uint8Array) => Promise<Output>> {
  const compiled = path.join(folder, "inventory2nix.cwasm");
  const { exitCode, stderr } = await runProgram(wasmtime, [
    "compile",
    componentFile,
    "-o",
    compiled,
  ]);
  if (exitCode !== 0) {
    throw new Error(stderr);
  }
  return (args, cwd, input) =>
    runProgram(
      wasmtime,
      ["run", "--allow-precompiled", "--dir", ".", compiled, ...args],
      input,
      cwd,
    );
}
