/**
 * What depends on the browser's engine, in WebKit.
 */
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { serve, urlOf } from "./browser.js";
import { folder } from "./playground-page.js";
import { hasWebKit, keys, WebKit } from "./webkit.js";

interface Context {
  webkit: WebKit;
  url: string;
  stop(): void;
}

const test = suite<Context>("playground-webkit");
const isReady = process.env["CI"] === "true" || (hasWebKit && existsSync(folder));
const inWebKit = (name: string, run: (context: Context) => Promise<void>) =>
  isReady ? test(name, run) : test.skip(name, run);
if (!isReady) {
  console.log(
    "WebKit, its driver, xvfb-run or the built page is not there (npm run setup:hosts && npm run build:playground): tests that need them are skipped",
  );
}

test.before(async (context) => {
  if (isReady) {
    const server = await serve(folder);
    context.url = urlOf(server);
    context.stop = () => server.close();
    context.webkit = await WebKit.start();
  }
});
test.after(async ({ webkit, stop }) => {
  await webkit?.stop();
  stop?.();
});
test.before.each(async ({ webkit, url }) => {
  // What was typed last is kept soon after.
  await setTimeout(500);
  await webkit?.evaluate("(sessionStorage.clear(), localStorage.clear())").catch(() => {});
  await webkit?.open(`${url}?${Math.random()}`);
  await webkit?.until(textHas("#status", "ompiled in"));
});

inWebKit("it compiles, is confirmed, and its workers start", async ({ webkit }) => {
  assert.is(await webkit.evaluate(text("#summary")), "1 warning");
  await webkit.until(textHas("#confirmation", "Confirmed by the component"));
});

inWebKit("squiggles are wavy", async ({ webkit }) => {
  await webkit.evaluate(`${content}.focus()`);
  await webkit.type(`${keys.end}x`, keys.control);
  const mark = "document.getElementById('editor').shadowRoot.querySelector('.cm-lintRange')";
  await webkit.until(`${mark} !== null`);
  assert.equal(await webkit.evaluate(`getComputedStyle(${mark}).textDecorationStyle`), "wavy");
});

inWebKit("a fix is made, and undone in the editor", async ({ webkit }) => {
  await webkit.click("#problems .fix");
  await webkit.until(textHas("#summary", "No problems"));
  await webkit.type("z", keys.control);
  await webkit.until(textHas("#summary", "1 warning"));
});

inWebKit("a link is copied, or shown to be copied", async ({ webkit }) => {
  await webkit.click("#open-share");
  await webkit.click("#share-link");
  await webkit.until(
    `/#\\d/.test(location.hash) && (document.querySelector(".dialog textarea")?.value.includes("#") ?? document.getElementById("share-link").textContent === "Copied")`,
  );
  await webkit.type(keys.escape);
});

inWebKit("what is typed is indented and compiled", async ({ webkit }) => {
  await webkit.evaluate(`${content}.focus()`);
  await webkit.type("a", keys.control);
  await webkit.type(`machines:${keys.enter}a:`);
  await webkit.until(textHas(".total", "1 machine"));
  const lines = `[...${content}.querySelectorAll(".cm-line")].map((line) => line.textContent)`;
  assert.equal(await webkit.evaluate(lines), ["machines:", "  a:"]);
});

inWebKit("the views draw", async ({ webkit }) => {
  for (const [view, drawn] of [
    ["explain", ".membership"],
    ["changes", ".blank"],
    ["graph", ".node"],
  ]) {
    await webkit.click(`#tab-${view}`);
    await webkit.until(`document.querySelector("#panel-${view} ${drawn}") !== null`);
  }
});

test.run();

const content = "document.getElementById('editor').shadowRoot.querySelector('.cm-content')";

function text(selector: string): string {
  return `document.querySelector(${JSON.stringify(selector)}).textContent`;
}

function textHas(selector: string, part: string): string {
  return `${text(selector)}.includes(${JSON.stringify(part)})`;
}
