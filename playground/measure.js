/**
 * Prints what the page weighs, how fast it starts and answers, and what it needs after many edits,
 * measured in Chromium: `npm run measure:playground`. With `-- --against FOLDER`, the built page of
 * another version is measured in the same run, in turns.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { serve } from "./serve.js";

const { against } = parseArgs({ options: { against: { type: "string" } } }).values;
const folders = [
  path.resolve(import.meta.dirname, "../dist/playground"),
  ...(against ? [path.resolve(against)] : []),
];
const browser = await chromium.launch({
  executablePath:
    process.env["CHROMIUM"] ??
    ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"].find(existsSync),
  args: ["--no-sandbox", "--js-flags=--expose-gc"],
});
const versions = [];
for (const folder of folders) {
  const server = await serve(folder);
  const url = `http://127.0.0.1:${server.address().port}/`;
  versions.push({ folder, server, url });
  await firstResult({ url }); // The server compresses each file once.
}

print("", ["this build", ...(against ? ["the other"] : [])]);
const firstPaint = /^(index\.html|.*\.css|theme\.js)$/;
const editor = /^(index\.html|.*\.css|(theme|main|focus)\.js|examples\.json)$/;
print("first paint, brotli", weights(firstPaint));
print("page and editor, brotli", weights(editor));
print("all, brotli", weights(/./));
await compare("editor usable, 1.6 Mbit/s, processor 4× slower", 5, usableWhenSlow, milliseconds);
await compare("first result, first visit", 5, firstResult, milliseconds);
await compare("first result, later visit", 5, laterResult, milliseconds);
for (const machines of [30, 100, 1000, 3000]) {
  const pages = await Promise.all(versions.map(({ url }) => openFleet(url, machines)));
  await compare(
    `key to result, ${machines} machines`,
    9,
    (_, index) => keyToResult(pages[index]),
    milliseconds,
  );
  await compare(
    `key to letter, ${machines} machines`,
    9,
    (_, index) => keyToLetter(pages[index]),
    milliseconds,
  );
  await Promise.all(pages.map((page) => page.context().close()));
}
await compare("layout shift while typing", 1, layoutShift, (value) => value.toFixed(4));
await compare(
  "memory of its processes after 20 edits",
  1,
  (version) => memoryAfter(version, 20),
  megabytes,
);
await compare(
  "memory of its processes after 1,000 edits",
  1,
  (version) => memoryAfter(version, 1000),
  megabytes,
);
await browser.close();
for (const { server } of versions) {
  server.close();
}

/** Measures each version so often, in turns, and prints the medians. */
async function compare(label, times, measure, show) {
  const results = versions.map(() => []);
  for (let time = 0; time < times; time++) {
    for (const [index, version] of versions.entries()) {
      results[index].push(await measure(version, index));
    }
  }
  const medians = results.map((values) => values.sort((a, b) => a - b)[Math.floor(times / 2)]);
  print(
    label,
    medians.map((value) => (value === Infinity ? "not live" : show(value))),
  );
}

/** From the address to a letter typed into the first text. */
async function usableWhenSlow({ url }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const [down, up] = [1_600_000 / 8, 750_000 / 8];
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: down,
    uploadThroughput: up,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(`
    const look = () => {
      const lines = document.getElementById("editor")?.shadowRoot?.querySelector(".cm-content")?.textContent;
      lines ? (window.usable = performance.now()) : requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  `);
  await page.goto(url, { waitUntil: "commit" });
  let time;
  while (time === undefined) {
    await page.waitForTimeout(50);
    time = await page.evaluate("window.usable");
  }
  await context.close();
  return time;
}

async function firstResult({ url }) {
  const context = await browser.newContext();
  const time = await load(await context.newPage(), url);
  await context.close();
  return time;
}

async function laterResult({ url }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await load(page, url);
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  const time = await load(page, url);
  await context.close();
  return time;
}

async function load(page, url) {
  const start = performance.now();
  await page.goto(url);
  await compiled(page);
  return performance.now() - start;
}

async function compiled(page) {
  await page.locator("#status", { hasText: "ompiled in" }).waitFor();
}

/** A page with a fleet in it, at rest. */
async function openFleet(url, machines) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(`localStorage.setItem("inventory2nix/tour", "seen")`);
  await page.goto(url);
  await compiled(page);
  await page.setInputFiles("#picker", {
    name: "inventory.yaml",
    mimeType: "text/yaml",
    buffer: Buffer.from(fleet(machines)),
  });
  await page.locator("#summary", { hasText: "No problems" }).waitFor();
  await page.waitForTimeout(2000);
  return page;
}

/** From a key pressed in the page to the new answer drawn. */
async function keyToResult(page) {
  await page.bringToFront();
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
  const time = await page.evaluate("window.result");
  await page.waitForTimeout(300);
  return time;
}

/** From a key pressed in the page to the frame that shows its letter. */
async function keyToLetter(page) {
  await page.bringToFront();
  await page.locator("#editor .cm-content").focus();
  await page.evaluate(`void (window.result = new Promise((resolve) => {
    addEventListener("keydown", () => {
      const start = performance.now();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    }, { once: true, capture: true });
  }))`);
  await page.keyboard.press("#");
  const time = await page.evaluate("window.result");
  await page.keyboard.press("Backspace");
  await page.waitForTimeout(300);
  return time;
}

/** All that moves while someone types a mistake and takes it back, also right after a key. */
async function layoutShift({ url }) {
  const page = await openFleet(url, 30);
  await page.evaluate(`
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value)))
      .observe({ type: "layout-shift" });
  `);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const text = ", tgas: [a]";
  await page.keyboard.type(text, { delay: 80 });
  await page.waitForTimeout(1500);
  for (let time = 0; time < text.length; time++) {
    await page.keyboard.press("Backspace");
  }
  await page.waitForTimeout(1500);
  const shift = await page.evaluate("window.shift");
  await page.context().close();
  return shift;
}

/**
 * What the processes of the page and its workers hold at rest after the edits, in bytes. Chromium gives
 * back what it needed for a time only, after about half a minute.
 */
async function memoryAfter({ url }, edits) {
  const page = await openFleet(url, 100);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+Home");
  for (let edit = 0; edit < edits; edit++) {
    await page.keyboard.press(edit % 2 === 0 ? "#" : "Backspace");
    await page.waitForTimeout(70);
  }
  await page.waitForTimeout(60_000);
  for (const thread of [page, ...page.workers()]) {
    await thread.evaluate("gc()");
  }
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const bytes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => 4096 * Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]));
  await page.context().close();
  return bytes.reduce((sum, own) => sum + own, 0);
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

/** What the files with such names weigh in each version. */
function weights(names) {
  const weigh = (file) => brotliCompressSync(readFileSync(file)).length;
  return versions.map(({ folder }) => {
    const files = readdirSync(folder).filter((name) => names.test(name));
    return kilobytes(files.reduce((sum, name) => sum + weigh(path.join(folder, name)), 0));
  });
}

function print(label, values) {
  console.log(`${label.padEnd(48)}${values.map((value) => value.padStart(16)).join("")}`);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function milliseconds(time) {
  return `${time.toFixed(time < 100 ? 1 : 0)} ms`;
}
