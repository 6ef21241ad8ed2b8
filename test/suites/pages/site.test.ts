/**
 * The site: the Markdown pages and the playground, as visitors see them.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { newPage, pageSuite, shoot, violations } from "../../browser.js";

const root = path.join(import.meta.dirname, "../../..");
const folder = path.join(root, "dist/site");
const { addressOf, pages } = (await import(path.join(root, "site/pages.js"))) as {
  readonly pages: readonly string[];
  addressOf(page: string): string;
};
const addresses = pages.map(addressOf);

const { test, inPage } = pageSuite("site", folder, "build:site");

test("every Markdown page of the project is in the table of contents, once", () => {
  const isPage = (file: string) => file.endsWith(".md");
  const written = [
    ...readdirSync(root).filter(isPage),
    ...readdirSync(path.join(root, "docs"))
      .filter(isPage)
      .map((file) => `docs/${file}`),
  ];
  assert.equal([...pages].sort(), written.sort());
});

inPage(
  "every link and anchor leads to something, and nothing comes from elsewhere",
  async (context) => {
    const page = await newPage(context);
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(context.url)) {
        foreign.push(request.url());
      }
    });
    const anchors = new Map<string, readonly string[]>();
    const links: { from: string; to: URL }[] = [];
    for (const address of [...addresses, "playground/index.html"]) {
      await page.goto(context.url + address);
      anchors.set(new URL(address, context.url).pathname, await idsOf(page));
      for (const link of await linksOf(page)) {
        links.push({ from: address, to: new URL(link) });
      }
    }
    const internal = links.filter(({ to }) => to.href.startsWith(context.url));
    assert.ok(internal.length > addresses.length ** 2);
    const broken: string[] = [];
    const statuses = new Map<string, number>();
    for (const { from, to } of internal) {
      const { pathname } = to;
      if (!statuses.has(pathname)) {
        statuses.set(pathname, (await page.request.get(context.url + pathname.slice(1))).status());
      }
      const id = decodeURIComponent(to.hash.slice(1));
      if (statuses.get(pathname) !== 200 || (id !== "" && !anchors.get(pathname)?.includes(id))) {
        broken.push(`${from}: ${to.href}`);
      }
    }
    assert.equal(broken, []);
    assert.equal(foreign, []);
  },
);

inPage("each page leads to the playground, and the playground to the pages", async (context) => {
  const page = await newPage(context);
  for (const address of addresses) {
    await page.goto(context.url + address);
    assert.is(await hrefOf(page, ".bar .button"), `${context.url}playground/index.html`, address);
  }
  await page.goto(`${context.url}playground/index.html`);
  assert.is(await hrefOf(page, ".bar a"), `${context.url}index.html`);
});

inPage("the search leads to the section that has the words", async (context) => {
  const page = await newPage(context);
  const found = () =>
    page.evaluate("[...document.querySelectorAll('.search li')].map((item) => item.innerText)");
  for (const address of [pathToFileURL(path.join(folder, "docs/nix.html")).href, context.url]) {
    await page.goto(address);
    await page.keyboard.press("/");
    await page.keyboard.type("DUPLICATE-key");
    await page.waitForSelector(".search a");
    assert.is(((await found()) as readonly string[])[0], "duplicate-key\nDiagnostics");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/docs\/diagnostics\.html#duplicate-key$/);
  }
  await page.keyboard.press("/");
  await page.keyboard.type("xyzzy");
  await page.waitForSelector(".search li");
  assert.equal(await found(), ["Nothing found."]);
  await page.keyboard.press("Escape");
  assert.equal(await found(), []);
  await page.keyboard.type("key");
  await page.waitForSelector(".search a");
  assert.equal(await violations(page), []);
});

inPage("axe finds nothing, and no page is wider than the screen", async (context) => {
  const page = await newPage(context, { bypassCSP: true, colorScheme: "light" });
  for (const address of addresses) {
    await page.goto(context.url + address);
    for (const width of [1440, 900, 360]) {
      await page.setViewportSize({ width, height: 900 });
      const actual = Number(await page.evaluate("document.documentElement.scrollWidth"));
      assert.ok(actual <= width, `${address} is ${actual} wide on ${width}`);
    }
    assert.equal(await violations(page), [], `${address}, narrow`);
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.equal(await violations(page), [], `${address}, wide`);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await violations(page, ["color-contrast"]), [], `${address}, dark`);
    await page.emulateMedia({ colorScheme: "light" });
  }
});

inPage("the pages follow the theme that is chosen in the playground", async (context) => {
  const page = await newPage(context, { colorScheme: "light" });
  await page.goto(context.url);
  const background = "getComputedStyle(document.body).backgroundColor";
  const light = await page.evaluate(background);
  await shoot(page, "site-wide-light");
  await page.evaluate("localStorage.setItem('inventory2nix/theme', 'dark')");
  await page.reload();
  assert.is.not(await page.evaluate(background), light);
  await shoot(page, "site-wide-dark");
  await page.setViewportSize({ width: 360, height: 640 });
  await shoot(page, "site-narrow-dark");
});

inPage("after one visit every page is there without a network", async (context) => {
  const page = await newPage(context, { serviceWorkers: "allow" });
  await page.goto(context.url);
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await page.reload();
  await page.context().setOffline(true);
  for (const address of addresses) {
    await page.goto(context.url + address);
    assert.ok(await areImagesThere(page), address);
  }
});

inPage("the pages work as files, without a server", async (context) => {
  const page = await newPage(context);
  for (const address of addresses) {
    await page.goto(pathToFileURL(path.join(folder, address)).href);
    assert.is(
      await page.evaluate("getComputedStyle(document.querySelector('.bar')).height"),
      "46px",
    );
    assert.ok(await areImagesThere(page), address);
  }
});

test.run();

function hrefOf(page: Page, selector: string): Promise<string> {
  return page.evaluate(`document.querySelector(${JSON.stringify(selector)}).href`);
}

async function idsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)");
}

async function linksOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    "[...document.querySelectorAll('a[href], link[href], img[src], script[src]')].map(({ href, src }) => href ?? src)",
  );
}

async function areImagesThere(page: Page): Promise<boolean> {
  return page.evaluate(
    "[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)",
  );
}
