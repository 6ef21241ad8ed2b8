/**
 * What tests of built pages in a browser share. Screenshots go to `dist/screenshots`.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import {
  type Browser,
  type BrowserContextOptions,
  chromium as chromiumType,
  firefox as firefoxType,
  type Page,
} from "playwright-core";
import { suite, type Test } from "uvu";
import * as assert from "uvu/assert";
import { chromium } from "./component-hosts.js";
import { hasWebKit } from "./webkit.js";
import { launchWebKit } from "./webkit-page.js";

const screenshots = path.join(import.meta.dirname, "../dist/screenshots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

export const { serve } = (await import(
  path.join(import.meta.dirname, "../playground/serve.js")
)) as {
  serve(folder: string): Promise<Server>;
};

export interface Context {
  browser: Browser;
  url: string;
  stop(): void;
  /** The failures of all pages: errors, refused resources, violations of the policy. */
  complaints: string[];
}

/** `except` says why an engine cannot run the test. */
type InPage = (
  name: string,
  run: (context: Context) => Promise<void>,
  except?: { readonly [engine in Engine]?: string },
) => void;

export type Engine = "chromium" | "firefox" | "webkit";

/** Firefox is driven by WebDriver BiDi, which the system's own speaks. */
const firefox = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);

const engines: { readonly [engine in Engine]: { isThere: boolean; launch(): Promise<Browser> } } = {
  chromium: {
    isThere: chromium !== undefined,
    launch: () => chromiumType.launch({ executablePath: chromium!, args: ["--no-sandbox"] }),
  },
  firefox: {
    isThere: firefox !== undefined,
    launch: () => firefoxType.launch({ channel: "moz-firefox", executablePath: firefox! }),
  },
  webkit: { isThere: hasWebKit, launch: async () => launchWebKit() },
};

/**
 * A suite for the pages in a folder that `npm run SCRIPT` builds, served while it runs. `inPage` is
 * `test` where they and the browser are there, and in CI; else `test.skip`. After each test, nothing
 * may have gone wrong in any page.
 */
export function pageSuite(
  name: string,
  folder: string,
  script: string,
  engine = (process.env["BROWSER"] ?? "chromium") as Engine,
): { test: Test<Context>; inPage: InPage } {
  const test = suite<Context>(name);
  const isThere = engines[engine].isThere && existsSync(folder);
  test.before(async (context) => {
    if (!isThere) {
      return;
    }
    const server = await serve(folder);
    context.url = urlOf(server);
    context.browser = await engines[engine].launch();
    context.complaints = [];
    context.stop = () => server.close();
  });
  test.after(async ({ browser, stop }) => {
    await browser?.close();
    stop?.();
  });
  return { test, inPage: withPage(test, isThere, engine, script) };
}

function withPage(test: Test<Context>, isThere: boolean, engine: Engine, script: string): InPage {
  const isReady = process.env["CI"] === "true" || isThere;
  if (!isReady) {
    console.log(
      `${engine} or the built pages are not there (npm run setup:hosts && npm run ${script}): tests that need them are skipped`,
    );
  }
  return (name, run, except = {}) => {
    const reason = except[engine];
    if (reason !== undefined) {
      console.log(`${engine} ${reason}: ‘${name}’ and the like are skipped`);
    }
    if (!isReady || reason !== undefined) {
      return test.skip(name, run);
    }
    test(name, async (context) => {
      await run(context);
      for (const opened of context.browser.contexts()) {
        await opened.close();
      }
      assert.equal(context.complaints.splice(0), []);
    });
  };
}

/** An empty page in a fresh profile. */
export async function newPage(
  { browser, complaints }: Context,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const profile = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // Firefox takes neither, and asks nobody before a page copies within a click.
    ...(browser.browserType().name() === "chromium" && {
      serviceWorkers: "block",
      permissions: ["clipboard-write"],
    }),
    ...options,
  });
  // Against hanging only: how fast the page answers is for `npm run measure:playground` to say.
  profile.setDefaultTimeout(60_000);
  const page = await profile.newPage();
  if (browser.browserType().name() !== "chromium" && options.serviceWorkers !== "allow") {
    await page.addInitScript(
      `Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined })`,
    );
  }
  await page.addInitScript(
    `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => console.error("violates", violatedDirective, blockedURI))`,
  );
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", ({ message }) => complaints.push(message));
  return page;
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** What axe finds by some of its rules, or by all; it cannot bear a page that changes meanwhile. */
export async function violations(page: Page, rules?: readonly string[]): Promise<unknown> {
  await page.evaluate(axe);
  await page.evaluate(atRest);
  return page.evaluate(
    `axe.run(${JSON.stringify(rules === undefined ? {} : { runOnly: rules })}).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target, failureSummary }) => target.join(" ") + " " + failureSummary).join("; ")))`,
  );
}

/** Waits until nothing in the page has changed for a while. */
const atRest = `new Promise((resolve) => {
  let timer = setTimeout(resolve, 400);
  const wait = () => (clearTimeout(timer), (timer = setTimeout(resolve, 400)));
  new MutationObserver(wait).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})`;

/** In Chromium only: for Firefox a style would be put into the page, which its policy forbids. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (page.context().browser()?.browserType().name() !== "chromium") {
    return;
  }
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}
