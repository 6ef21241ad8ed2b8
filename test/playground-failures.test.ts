/**
 * The playground when something fails: the editor is there.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as assert from "uvu/assert";
import { newPage, serve, shoot, urlOf } from "./browser.js";
import {
  compiled,
  drop,
  folder,
  linkOf,
  open,
  openExample,
  playgroundSuite,
  putCursor,
  seenTour,
  slowAnswers,
  summary,
  textOf,
} from "./playground-page.js";

const { test, inPage } = playgroundSuite("playground-failures");

inPage("a link that cannot be opened says why, and an example is shown", async (context) => {
  for (const [hash, reason] of [
    ["#0.1.0/broken", "it is damaged, perhaps cut off"],
    ["#example/none", "there is no example ‘none’"],
    ["#what?", "it is not a link of this playground"],
  ]) {
    const page = await open(context, {}, `${context.url}${hash}`);
    assert.is(await page.textContent("#notice span"), `The link cannot be opened: ${reason}.`);
    assert.match(await textOf(page), /A small home/);
    await page.close();
  }
  const page = await open(context, {}, `${context.url}#example/company`);
  await page.locator(".total", { hasText: "30 machines" }).waitFor();
});

inPage(
  "while a text is not answered, its results look old and cannot be taken",
  async (context) => {
    const page = await newPage(context);
    await page.addInitScript(`${seenTour} ${slowAnswers}`);
    await page.goto(context.url);
    await compiled(page);
    await page.click("#tab-nix");
    const copy = page.locator("#panel-nix .floating button", { hasText: "Copy" });
    await page.locator("#panel-nix .cm-line").first().waitFor();
    await page.evaluate("window.slowBy = 1500");
    await putCursor(page, "desktop:");
    await page.keyboard.type(" #");
    assert.ok(await copy.isDisabled());
    assert.ok(await page.evaluate("document.getElementById('panels').classList.contains('stale')"));
    await page
      .locator("#panel-nix .floating button:not([disabled])", { hasText: "Copy" })
      .waitFor();
  },
);

inPage("a link of another version says so", async (context) => {
  const { hash } = new URL(await linkOf(await open(context)));
  const page = await open(context, {}, `${context.url}${hash.replace(/^#[^/]+/, "#0.0.1")}`);
  await page.locator("#notice", { hasText: "made with version 0.0.1; this is" }).waitFor();
});

inPage("a compiler that dies or hangs is noticed, and started anew", async (context) => {
  const page = await newPage(context);
  await page.addInitScript(`
    ${seenTour}
    const Real = Worker;
    window.Worker = class extends Real {
      postMessage(message) {
        if (!window.hangs || message.method !== "show") super.postMessage(message);
      }
    };
  `);
  await page.goto(context.url);
  await compiled(page);
  await page.evaluate("window.hangs = true");
  await putCursor(page, "desktop:");
  await page.keyboard.type(" #");
  await page.locator("#notice", { hasText: "has not answered for some seconds" }).waitFor();
  await shoot(page, "silent");
  await page.evaluate("window.hangs = false");
  await page.click("#notice button:has-text('Start it anew')");
  await page.locator("#notice", { hasText: "The compiler failed" }).waitFor();
  await page.click("#notice button:has-text('Try again')");
  await compiled(page);
});

inPage("without examples the editor is there", async (context) => {
  const page = await newPage(context);
  await page.route("**/examples.json", (route) => route.abort());
  await page.goto(context.url);
  await compiled(page);
  await page.locator("#notice", { hasText: "The examples could not be loaded" }).waitFor();
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("machines: [a]");
  await page.locator("tbody th", { hasText: "a" }).waitFor();
  context.complaints.splice(0);
});

inPage("without WebAssembly the library answers alone", async (context) => {
  const site = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  cpSync(folder, site, { recursive: true, filter: (file) => !file.endsWith(".wasm") });
  const server = await serve(site);
  try {
    const page = await newPage(context);
    await page.goto(urlOf(server));
    await compiled(page);
    await page.locator("#confirmation", { hasText: "could not be loaded" }).waitFor();
    context.complaints.splice(0);
  } finally {
    server.close();
    rmSync(site, { recursive: true });
  }
});

inPage("an empty file among others is no mistake", async (context) => {
  const page = await open(context);
  await page.click("#problems .fix");
  await summary(page, "No problems");
  await page.click("#add-file");
  await page.locator("#files", { hasText: "more.yaml" }).waitFor();
  await page.keyboard.type("# soon");
  await page.waitForTimeout(900);
  assert.is(await page.textContent("#summary"), "No problems");
  await page.keyboard.press("Enter");
  await page.keyboard.type("machines: [more]");
  await page.locator("tbody th", { hasText: "more" }).waitFor();
});

inPage("a page without any text says how to begin", async (context) => {
  const page = await open(context);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.locator("#failure h2", { hasText: "Nothing here yet" }).waitFor();
  await summary(page, "1 note");
  await shoot(page, "empty");
  await page.click("#failure button");
  await page.locator("#open .examples").waitFor();
});

inPage("a page without any text can be what changes are told since", async (context) => {
  const page = await open(context);
  await page.click("#tab-changes");
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await summary(page, "1 note");
  await page.keyboard.type("machines: [a]");
  await page.locator("#panel-changes h3", { hasText: "Removed" }).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.locator("#failure h2", { hasText: "Nothing here yet" }).waitFor();
  await drop(page, { "inventory.yaml": "" });
  await page.click(".dialog button:has-text('Replace mine')");
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.type("machines: [a]");
  await page.locator("#strip", { hasText: "+ a · 1 to deploy" }).waitFor();
});

inPage("a catalogue with a mistake says so", async (context) => {
  const page = await open(context);
  await drop(page, { "inventory.yaml": "machines: [a]\n", "services.json": '{ "self": 1 }' });
  await page.locator("#problems .error .place", { hasText: "services.json:1:" }).first().waitFor();
});

inPage("it says how far the compiler has loaded, with an editor to type in", async (context) => {
  const page = await newPage(context);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/worker.js", (route) => released.then(() => route.continue()));
  await page.addInitScript(`
    ${seenTour}
    window.told = [];
    addEventListener("DOMContentLoaded", () => {
      const status = document.getElementById("status");
      new MutationObserver(() => window.told.push(status.textContent)).observe(status, { childList: true });
    });
  `);
  await page.goto(context.url);
  await page.locator("#status", { hasText: "Loading the compiler: 0 %" }).waitFor();
  await putCursor(page, "# A small home.");
  await page.keyboard.type(" Mine.");
  assert.match(await textOf(page), /what every machine gets\. Mine\./);
  await shoot(page, "loading");
  release();
  await compiled(page);
  const told = await page.evaluate<readonly string[]>("window.told");
  assert.ok(told.includes("Loading the compiler: 100 %"));
});

inPage("a reload without a network shows the same", async (context) => {
  const page = await open(context, { serviceWorkers: "allow" });
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("tbody th", { hasText: "laptop" }).waitFor();
  await openExample(page, "Special forms");
  await page.goto(`${context.url}index.html`);
  await page.locator("tbody th").first().waitFor();
});

test.run();
