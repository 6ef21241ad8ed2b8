/**
 * Prints what the page weighs and how fast it answers, measured in Chromium: `npm run
 * measure:playground`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { serve } from "./serve.js";

const folder = path.resolve(import.meta.dirname, "../dist/playground");
const sizes = new Map(
  readdirSync(folder).map((name) => [
    name,
    brotliCompressSync(readFileSync(path.join(folder, name))).length,
  ]),
);
const sum = (isMeant) =>
  [...sizes].filter(([name]) => isMeant(name)).reduce((total, [, size]) => total + size, 0);
const report = (label, value) => console.log(`${label.padEnd(44)}${value}`);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

report(
  "first paint (brotli)",
  kilobytes(sum((name) => ["index.html", "colours.css", "style.css", "theme.js"].includes(name))),
);
report(
  "page and editor",
  kilobytes(
    sum((name) =>
      ["index.html", "colours.css", "style.css", "theme.js", "icon.svg", "main.js"].includes(name),
    ),
  ),
);
report(
  "compiler: worker and component",
  kilobytes(sum((name) => name === "worker.js" || name.endsWith(".wasm"))),
);
report("schema and examples", kilobytes(sum((name) => name.endsWith(".json"))));
report("all", kilobytes(sum(() => true)));

const server = await serve(folder);
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath:
    process.env["CHROMIUM"] ??
    ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"].find(existsSync),
  args: ["--no-sandbox"],
});
await visit(); // The server compresses each file once.
report("first result, first visit", await median(5, async () => (await visit()).milliseconds));
report("first result, later visit", await median(5, async () => (await visit(true)).milliseconds));
for (const machines of [30, 100, 1000, 3000]) {
  for (const view of ["fleet", "nix"]) {
    report(`keystroke to result, ${machines} machines, ${view}`, await typing(machines, view));
  }
}
await browser.close();
server.close();

/** Opens the page in a fresh profile or, with `again`, in the one that already visited it. */
async function visit(again = false) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (again) {
    await load(page);
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  }
  const milliseconds = await load(page);
  await context.close();
  return { milliseconds };
}

async function load(page) {
  const start = performance.now();
  await page.goto(url);
  await page.locator("#status", { hasText: "Compiled in" }).waitFor();
  return performance.now() - start;
}

/** From a key pressed in the page to the new answer drawn. */
async function typing(machines, view) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator("#status", { hasText: "Compiled in" }).waitFor();
  await page.setInputFiles("#picker", {
    name: "inventory.yaml",
    mimeType: "text/yaml",
    buffer: Buffer.from(fleet(machines)),
  });
  await page.locator("#summary", { hasText: "No problems" }).waitFor();
  await page.click(`#tab-${view}`);
  await page.waitForTimeout(2000);
  const result = await median(7, async () => {
    await page.locator("#editor .cm-content").focus();
    await page.keyboard.press("Control+Home");
    await page.evaluate(`void (window.result = new Promise((resolve) => {
      addEventListener("keydown", () => {
        const start = performance.now();
        const status = document.getElementById("status");
        status.textContent = "";
        new MutationObserver(() => status.textContent !== "" && resolve(performance.now() - start)).observe(status, { childList: true });
      }, { once: true, capture: true });
      setTimeout(() => resolve(Infinity), 8000);
    }))`);
    await page.keyboard.press("Enter");
    return page.evaluate("window.result");
  });
  await page.close();
  return result;
}

async function median(times, run) {
  const results = [];
  for (let time = 0; time < times; time++) {
    results.push(await run());
  }
  const middle = results.sort((a, b) => a - b)[Math.floor(times / 2)];
  return middle === Infinity
    ? "not live: by a button"
    : `${Math.round(middle).toString().padStart(8)} ms`;
}

/** Machines in ten instances, assigned by tags. */
function fleet(size) {
  const machines = Array.from(
    { length: size },
    (_, index) => `  m${index}: { tags: [tag${index % 10}] }\n`,
  ).join("");
  const instances = Array.from(
    { length: 10 },
    (_, index) =>
      `  i${index}: { module: { input: self }, roles: { peer: { tags: [tag${index}, tag${(index + 3) % 10}], settings: { port: ${index} } } } }\n`,
  ).join("");
  return `machines:\n${machines}instances:\n${instances}`;
}
