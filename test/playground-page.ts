/** What the tests of the playground share. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { type Context, newPage, pageSuite } from "./browser.js";

export const folder = path.join(import.meta.dirname, "../dist/playground");

export function playgroundSuite(name: string): ReturnType<typeof pageSuite> {
  return pageSuite(name, folder, "build:playground");
}

/** For {@link Page.addInitScript}; pages without an address have no storage. */
export const seenTour = `try { localStorage.setItem("inventory2nix/tour", "seen"); } catch {}`;

/** A page in a fresh profile that has seen the tour, once it shows its first result. */
export async function open(
  context: Context,
  options: BrowserContextOptions = {},
  url = context.url,
): Promise<Page> {
  const page = await newPage(context, options);
  await page.addInitScript(seenTour);
  await page.goto(url);
  await compiled(page);
  return page;
}

export async function compiled(page: Page): Promise<void> {
  await page.locator("#status", { hasText: /ompiled in/ }).waitFor();
}

export async function openExample(page: Page, title: string): Promise<void> {
  await page.evaluate(`document.getElementById("status").textContent = ""`);
  await page.click("#open-menu");
  await page
    .locator("#open button", { has: page.locator(`.title:text-is(${JSON.stringify(title)})`) })
    .click();
  await compiled(page);
}

/** The visible text of an editor. */
export async function textOf(page: Page, host = "#editor"): Promise<string> {
  return (await page.locator(`${host} .cm-line`).allTextContents()).join("\n");
}

export async function selected(page: Page): Promise<unknown> {
  // Chromium has selections of shadow trees, WebKit tells where they are, and Firefox has but one.
  return page.evaluate(`(() => {
    const { shadowRoot } = document.getElementById("editor");
    const selection = shadowRoot.getSelection?.() ?? getSelection();
    if (selection.toString() !== "" || selection.getComposedRanges === undefined) {
      return selection.toString();
    }
    const [{ startContainer, startOffset, endContainer, endOffset }] = selection.getComposedRanges({ shadowRoots: [shadowRoot] });
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range.toString();
  })()`);
}

/** Puts the cursor into the first line that holds a text: at its end, or right behind another text. */
export async function putCursor(page: Page, line: string, after?: string): Promise<void> {
  const element = page.locator("#editor .cm-line", { hasText: line }).first();
  // What is known of the place under the pointer may cover the line.
  await page.mouse.move(0, 0);
  await element.click();
  await page.keyboard.press("End");
  if (after !== undefined) {
    const text = (await element.textContent())!;
    await press(page, "ArrowLeft", text.length - text.indexOf(after) - after.length);
  }
}

export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) {
    await page.keyboard.press(key);
  }
}

/** Waits for a summary of the findings, such as `No problems`. */
export async function summary(page: Page, text: string | RegExp): Promise<void> {
  await page.locator("#summary", { hasText: text }).waitFor();
}

export async function drop(
  page: Page,
  files: { readonly [name: string]: string },
  target = "#editor",
): Promise<void> {
  await page.locator(target).waitFor();
  await page.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(${JSON.stringify(files)})) {
      dataTransfer.items.add(new File([text], name));
    }
    document.querySelector(${JSON.stringify(target)})
      .dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  })()`);
}

/** A fleet of this many machines, a tenth of them in each of so many tags and instances. */
export function fleet(size: number, instances = 10): string {
  const machines = Array.from(
    { length: size },
    (_, index) => `  m${index}: { tags: [tag${index % 10}] }\n`,
  ).join("");
  const services = Array.from(
    { length: instances },
    (_, index) =>
      `  i${index}: { module: { input: self }, roles: { peer: { tags: [tag${index % 10}, tag${(index + 3) % 10}] } } }\n`,
  ).join("");
  return `machines:\n${machines}instances:\n${services}`;
}

/** What the button downloads; where the browser's driver tells of no download, what the page hands over. */
export async function downloaded(page: Page, button: string): Promise<Buffer> {
  if (page.context().browser()?.browserType().name() === "chromium") {
    const download = page.waitForEvent("download");
    await page.click(button);
    return readFileSync(await (await download).path());
  }
  await page.evaluate(`void (window.downloaded = new Promise((resolve) => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      void blob.bytes().then((bytes) => resolve([...bytes]));
      return createObjectURL(blob);
    };
  }))`);
  await page.click(button);
  return Buffer.from(await page.evaluate<readonly number[]>("window.downloaded"));
}

/** Lets each answer of a worker come later by `window.slowBy` milliseconds. */
export const slowAnswers = `
  const Real = Worker;
  window.Worker = class extends Real {
    postMessage(message) {
      setTimeout(() => super.postMessage(message), window.slowBy ?? 0);
    }
  };
`;

/** A link to all that the page shows. */
export async function linkOf(page: Page): Promise<string> {
  await page.click("#open-share");
  await page.click("#share-link");
  await page.waitForURL(/#\d/);
  return page.url();
}
