/**
 * The page as visitors see it.
 */
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { compile } from "../src/index.js";
import { newPage, serve, shoot, urlOf, violations } from "./browser.js";
import { readCases, readExpected, servicesFile } from "./cases.js";
import {
  compiled,
  downloaded,
  drop,
  folder,
  open,
  openExample,
  playgroundSuite,
  press,
  putCursor,
  seenTour,
  selected,
  slowAnswers,
  summary,
  textOf,
} from "./playground-page.js";

const { test, inPage } = playgroundSuite("playground");

inPage("the first visit shows what every machine of an example gets", async (context) => {
  const page = await open(context);
  assert.match(await textOf(page), /^meta: \{ name: home/m);
  assert.equal(await page.locator("tbody th").allTextContents(), [
    "laptop",
    "desktop",
    "server",
    "backup-box",
  ]);
  assert.match((await page.textContent("#detail"))!, /laptop.*startAt.*wins.*tag mobile/);
  assert.is(await page.textContent("#summary"), "1 warning");
  await page.locator("#confirmation", { hasText: "Confirmed by the component" }).waitFor();
  await shoot(page, "wide-light");
  await page.click("#problems .fix");
  await summary(page, "No problems");
  await page.locator("#strip", { hasText: "laptop: + sshd.client · 1 to deploy" }).waitFor();
});

inPage("the tour shows three places, once", async (context) => {
  const page = await newPage(context);
  await page.goto(context.url);
  await compiled(page);
  await page.locator("#tour", { hasText: "1 of 3" }).waitFor();
  await shoot(page, "tour");
  await page.click("#tour button:has-text('Next')");
  await page.click("#tour button:has-text('Next')");
  await page.click("#tour button:has-text('Done')");
  assert.ok(await page.locator("#tour").isHidden());
  await page.reload();
  await compiled(page);
  assert.ok(await page.locator("#tour").isHidden());
});

inPage(
  "a mistake is marked at its line after a rest, and mending it clears it",
  async (context) => {
    const page = await open(context);
    await page.click("#problems .fix");
    await summary(page, "No problems");
    await page.click("#tab-nix");
    await putCursor(page, "client: { machines: [desktop", "[desktop");
    await page.keyboard.type("x");
    await page
      .locator("#problems .error", {
        hasText: "no machine is named 'desktopx'; did you mean 'desktop'?",
      })
      .waitFor();
    assert.is(await page.textContent("#problems .error .place"), "inventory.yaml:28:28");
    await page.locator("#editor .cm-lint-marker-error").waitFor();
    assert.match(
      (await page.textContent("#announcer"))!,
      /^1 error\. inventory\.yaml, line 28: no machine is named/,
    );
    assert.match((await page.textContent("#failure"))!, /This is the last version without errors/);
    assert.ok(await page.locator("#panel-nix .floating button").first().isDisabled());
    await shoot(page, "stale");
    await page.keyboard.press("Backspace");
    await summary(page, "No problems");
    assert.is(await page.locator("#editor .cm-lint-marker-error").count(), 0);
  },
);

inPage("nothing is said of the line that is being typed", async (context) => {
  const page = await open(context);
  await putCursor(page, "desktop:");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Backspace");
  await page.evaluate(`
    window.rests = [];
    let pressed = 0;
    addEventListener("keydown", () => (pressed = performance.now()), { capture: true });
    const problems = document.getElementById("problems");
    new MutationObserver(() => {
      if (problems.querySelector(".error")) window.rests.push(performance.now() - pressed);
    }).observe(problems, { childList: true });
  `);
  await page.keyboard.type("instance: wrong", { delay: 50 });
  await page.locator("#problems .error").first().waitFor();
  const rests = await page.evaluate<readonly number[]>("window.rests");
  assert.ok(Math.min(...rests) > 590, String(rests));
});

inPage("typing moves nothing of the page, however slow it is", async (context) => {
  for (const [cpu, answers] of [
    [1, 0],
    [6, 0],
    [1, 4500],
  ] as const) {
    const page = await newPage(context);
    await page.addInitScript(`${seenTour} ${slowAnswers}`);
    await page.goto(context.url);
    await compiled(page);
    await page.evaluate(`window.slowBy = ${answers}`);
    if (context.browser.browserType().name() === "chromium") {
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    }
    await page.evaluate(recordShifts);
    await putCursor(page, "backup-box:");
    await page.keyboard.type(" { tgas: [a], x: ", { delay: 80 });
    await page.locator("#problems .error").first().waitFor();
    await press(page, "Backspace", 17);
    await summary(page, "1 warning");
    await page.waitForTimeout(300);
    const shifts = await page.evaluate<readonly Shift[]>("window.shifts");
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    assert.ok(
      sum < 0.02,
      JSON.stringify(
        shifts.filter(({ value }) => value > 0.001),
        null,
        1,
      ),
    );
    await page.close();
  }
});

inPage(
  "a click on a finding goes to its place, and to the places that have to do with it",
  async (context) => {
    const page = await open(context);
    await openExample(page, "Full of mistakes");
    await page.click("#problems button:has-text('computed tags form a cycle')");
    assert.is(await selected(page), "portable");
    await page.click("#problems button.related:has-text('is computed here')");
    assert.is(await selected(page), "fast");
    await shoot(page, "mistakes");
    const before = await page.textContent("#summary");
    await page.click("#fix-all");
    await page.locator("#toast", { hasText: /^Fixed \d+ problems/ }).waitFor();
    await page.locator("#summary", { hasNotText: before! }).waitFor();
    await page.locator("#editor .cm-content").focus();
    await page.keyboard.press("Control+z");
    await summary(page, before!);
  },
);

inPage("every example compiles, but the one full of mistakes", async (context) => {
  const page = await open(context);
  await page.click("#open-menu");
  const titles = await page.locator("#open .examples .title").allTextContents();
  await page.locator("#open .picture svg rect").first().waitFor();
  await shoot(page, "examples");
  await page.keyboard.press("Escape");
  assert.ok(titles.length >= 9);
  for (const title of titles) {
    await openExample(page, title);
    if (title === "Full of mistakes") {
      assert.match((await page.textContent("#summary"))!, /3 errors, \d+ warnings/);
    } else {
      assert.ok(!/error/.test((await page.textContent("#summary"))!), title);
    }
  }
});

inPage("a link brings all of it back in a fresh profile", async (context) => {
  const page = await open(context);
  await openExample(page, "Several files");
  await page.click("#files button:has-text('paris.json')");
  await page.click("#tab-nix");
  await page.click("#open-share");
  await page.click("#share-link");
  await page.waitForURL(/#\d/);
  const link = page.url();
  assert.match(link, /#\d+\.\d+\.\d+\/[\w-]+$/);
  const other = await open(context, {}, link);
  await other.locator("#panel-nix .cm-line").first().waitFor();
  assert.match((await other.textContent("#files [aria-selected=true]"))!, /^paris\.json/);
  assert.match(await textOf(other), /"paris-1"/);
  const view = await open(context, {}, `${link}&view=fleet`);
  assert.ok(await view.locator("#source").isHidden());
  await view.locator("tbody th").first().waitFor();
  await shoot(view, "view-only");
  await view.click("#edit");
  assert.ok(await view.locator("#source").isVisible());
});

inPage("a problem report has the link, versions, findings and files", async (context) => {
  const page = await open(context);
  await page.evaluate(`navigator.clipboard.write = async ([item]) => {
    window.copied = await (await item.getType("text/plain")).text();
  }`);
  await page.click("#open-share");
  await page.click("#share-report");
  await page.locator("#share-report", { hasText: "Copied" }).waitFor();
  const report = String(await page.evaluate("window.copied"));
  assert.match(report, /^What did you expect/);
  assert.match(report, /\ninventory2nix \d+\.\d+\.\d+; Mozilla/);
  assert.match(
    report,
    /\n- inventory\.yaml:28:45: warning: no machine has the tag 'moblie'.* \[unknown-tag\]\n/,
  );
  assert.match(report, /```yaml\n# A small home[\s\S]*\[Open in the playground\]\(http.*#\d/);
});

inPage("the folder is exported", async (context) => {
  const page = await open(context);
  await drop(page, { "fleet.json": '{ "machines": { "dropped": {} } }' }, "#panels");
  await page.locator("tbody th", { hasText: "dropped" }).waitFor();
  const archive = await exported(page);
  const directory = archive.slice(archive.indexOf("PK\x01\x02"));
  assert.equal(directory.match(/fleet\.json|inventory\.nix/g), ["fleet.json", "inventory.nix"]);
});

inPage("a file gets another name in its tab, but none that is taken", async (context) => {
  const page = await open(context);
  await openExample(page, "Several files");
  const names = () => page.locator("#files [role=tab]").allTextContents();
  const rename = async (name: string) => {
    await page.locator("#files [role=tab]").first().press("F2");
    await page.fill("#files input", name);
    await page.keyboard.press("Enter");
  };
  const [first, second, ...others] = await names();
  await rename(second!);
  await page.locator("#notice", { hasText: `Another file is already named ${second}.` }).waitFor();
  assert.equal(await names(), [first, second, ...others]);
  await rename("inventory.nix");
  assert.equal(await names(), ["inventory.nix", second, ...others]);
  await page.locator("#files [role=tab]").first().press("F2");
  await page.fill("#files input", "other");
  await page.keyboard.press("Escape");
  assert.equal(await names(), ["inventory.nix", second, ...others]);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# edited");
  await page.keyboard.press("Enter");
  await compiled(page);
  const archive = await exported(page);
  assert.is(archive.match(/# edited/g)?.length, 1);
  const directory = archive.slice(archive.indexOf("PK\x01\x02"));
  assert.equal(directory.match(/inventory(-2)?\.nix/g), ["inventory.nix", "inventory-2.nix"]);
});

inPage("everything can be done with the keyboard", async (context) => {
  const page = await open(context);
  await page.locator("#open-menu").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("tbody th", { hasText: "workstation" }).waitFor();
  await page.locator("#tab-fleet").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("#panel-explain").waitFor();
  assert.is(await page.evaluate("document.activeElement.id"), "tab-explain");
  await page.keyboard.press("ArrowLeft");
  await page.locator("#panel-fleet").waitFor();
  await compiled(page);
  await page.locator("td button").first().press("Enter");
  await page.locator("#detail h2").waitFor();
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.not.ok(
    await page.evaluate("document.activeElement.id === 'editor'"),
    "Escape and Tab leave the editor",
  );
  await page.locator("#divider").focus();
  await page.keyboard.press("ArrowRight");
  assert.is(await page.getAttribute("#divider", "aria-valuenow"), "48");
});

inPage("Enter and Tab know YAML", async (context) => {
  const page = await open(context);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("machines:\na:\ntags:\n- x\ny\n\nb:");
  await page.waitForTimeout(100);
  assert.is(await textOf(page), "machines:\n  a:\n    tags:\n      - x\n      - y\n    b:");
  await page.keyboard.press("Shift+Tab");
  assert.match(await textOf(page), /\n {2}b:$/);
  await page.keyboard.press("Tab");
  assert.match(await textOf(page), /\n {4}b:$/);
  assert.ok(await page.locator("#toast", { hasText: "Escape, then Tab leaves" }).isVisible());
  await page.keyboard.press("Control+/");
  assert.match(await textOf(page), /# b:$/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("machines: # mine\na:");
  await page.waitForTimeout(100);
  assert.is(await textOf(page), "machines: # mine\n  a:");
});

inPage(
  "a first visit gets each byte once",
  async (context) => {
    for (const name of ["", "index.html"]) {
      const server = await serve(folder);
      const sent: string[] = [];
      server.prependListener("request", ({ url }, response) =>
        response.on("finish", () => response.statusCode === 200 && sent.push(url!)),
      );
      const page = await open(context, { serviceWorkers: "allow" }, `${urlOf(server)}${name}`);
      await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
      const files = readdirSync(folder).map((file) => (file === "index.html" ? name : file));
      assert.equal(sent.sort(), files.map((file) => `/${file}`).sort());
      await page.context().close();
      server.close();
    }
  },
  { webkit: "has no cache on disk while it is driven" },
);

inPage("a page that is open keeps to its build; the next one gets the new", async (context) => {
  const site = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  cpSync(folder, site, { recursive: true });
  const server = await serve(site);
  try {
    const page = await open(context, { serviceWorkers: "allow" }, urlOf(server));
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
    await page.reload();
    appendFileSync(path.join(site, "worker.js"), "\n// new\n");
    writeFileSync(
      path.join(site, "offline.js"),
      readFileSync(path.join(site, "offline.js"), "utf8").replace(/build = "\w+"/, 'build = "new"'),
    );
    await page.evaluate(
      "navigator.serviceWorker.getRegistration().then((registration) => registration.update())",
    );
    const isInstalled =
      "navigator.serviceWorker.getRegistration().then(async ({ installing, active }) => installing === null && active.state === 'activated' && (await caches.has('inventory2nix-new')))";
    const isNew =
      "fetch('worker.js').then((response) => response.text()).then((text) => text.includes('// new'))";
    while (!(await page.evaluate(isInstalled))) {
      await page.waitForTimeout(50);
    }
    assert.not.ok(await page.evaluate(isNew));
    // The new build takes over some time after the last page is gone.
    for (let visits = 0; !(await page.evaluate(isNew)); visits++) {
      assert.ok(visits < 50, "a new visit gets the new build");
      await page.goto("about:blank");
      await page.waitForTimeout(100);
      await page.goto(urlOf(server));
    }
    assert.equal(await page.evaluate("caches.keys()"), ["inventory2nix-new"]);
  } finally {
    server.close();
    rmSync(site, { recursive: true });
  }
});

inPage("the server answers to any path, and goes on", async ({ url }) => {
  for (const name of ["%", "%ff", "//", "none", "..%2f..%2fpackage.json"]) {
    assert.is(await statusOf(url, `/${name}`), 404, name);
  }
  assert.is(await statusOf(url, "/"), 200);
});

inPage("it fits a narrow screen, light and dark", async (context) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await open(context, {
      viewport: { width: 360, height: 740 },
      deviceScaleFactor: 2,
      colorScheme,
    });
    await shoot(page, `narrow-${colorScheme}-source`);
    const text = "document.getElementById('editor').shadowRoot.querySelector('.cm-content')";
    assert.is(await page.evaluate(`getComputedStyle(${text}).fontSize`), "16px");
    for (const view of ["fleet", "explain", "changes", "graph", "nix", "json", "yaml"]) {
      await page.click(`#tab-${view}`);
      await page.waitForTimeout(200);
      await shoot(page, `narrow-${colorScheme}-${view}`);
      // WebKit's window does not become as narrow.
      const overhang = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.is(overhang, 0, view);
      assert.equal(await page.evaluate(smallTargets), [], `${view} can be touched`);
    }
  }
});

inPage("the chosen theme is there before the first paint, and stays", async (context) => {
  const page = await open(context);
  await page.click("[aria-label=More]");
  await page.click("#theme label:has-text('Dark')");
  const dark = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  await page.reload({ waitUntil: "commit" });
  await page.waitForSelector("body");
  assert.is(await page.evaluate("getComputedStyle(document.body).backgroundColor"), dark);
  await compiled(page);
  await shoot(page, "wide-dark");
});

inPage("axe finds nothing to complain of", async (context) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await open(context, { colorScheme, bypassCSP: true });
    await openExample(page, "Full of mistakes");
    // The theme changes nothing but colours.
    const rules = colorScheme === "light" ? undefined : ["color-contrast"];
    assert.equal(await violations(page, rules), [], "mistakes");
    await openExample(page, "A home of sixteen machines");
    for (const view of ["fleet", "explain", "changes", "graph", "nix", "json", "yaml"]) {
      await page.click(`#tab-${view}`);
      await page.waitForTimeout(250);
      assert.equal(await violations(page, rules), [], `${view}, ${colorScheme}`);
    }
    await page.click("#tab-fleet");
    await page.click("td button >> nth=1");
    await page.locator("#detail .membership").first().waitFor();
    assert.equal(await violations(page, rules), [], `an explanation, ${colorScheme}`);
    for (const menu of ["#open-menu", "#open-share", "[aria-label=More]", "#open-options"]) {
      await page.click(menu);
      assert.equal(await violations(page, rules), [], `${menu}, ${colorScheme}`);
      await page.keyboard.press("Escape");
    }
  }
});

inPage("every golden case comes out of both workers as out of the library", async (context) => {
  const page = await open(context);
  const cases = readCases().map(({ name, folder, sources, options }) => {
    const catalogue = readExpected(folder, servicesFile);
    const services =
      options.services === undefined
        ? {}
        : { services: catalogue === "" ? [] : [{ name: servicesFile, text: catalogue }] };
    // The page knows no files, and takes the text as its options say.
    const { files: _, clanCoreInput: __, severities: ___, ...known } = options;
    const inventory = { sources, options: { ...known, ...services } };
    const expected = compile(sources, known).text ?? "";
    return { name, expected, args: [inventory, options.to ?? "nix"] };
  });
  for (const worker of ["worker.js", "component-worker.js"]) {
    const texts = await page.evaluate<readonly string[]>(`(async () => {
      const worker = new Worker(${JSON.stringify(worker)}, { type: "module" });
      const texts = [];
      for (const args of ${JSON.stringify(cases.map(({ args }) => args))}) {
        texts.push(await new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data.answer ?? "");
          worker.postMessage({ id: 1, method: "emit", args });
        }));
      }
      return texts;
    })()`);
    for (const [index, { name, expected }] of cases.entries()) {
      assert.is(texts[index], expected, `${name}, ${worker}`);
    }
  }
});

test.run();

/** What fingers would miss. */
const smallTargets = `[...document.querySelectorAll("button, select, input:not([type=checkbox], [type=radio]), .menu a, label.check")]
  .filter((element) => element.checkVisibility() && element.offsetHeight < 44)
  .map(({ outerHTML }) => outerHTML.slice(0, 100))`;

interface Shift {
  readonly value: number;
  readonly moved: readonly string[];
}

/** What moves from here on, and where it was and is. */
const recordShifts = `
  window.shifts = [];
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
  const nameOf = (node) => node && (node.id || node.className || node.nodeName) + " in " + (node.parentElement?.id || node.parentElement?.className);
  new PerformanceObserver((list) => list.getEntries().forEach(({ value, sources }) => window.shifts.push({
    value,
    moved: sources.map(({ node, previousRect, currentRect }) => nameOf(node) + ": " + place(previousRect) + " to " + place(currentRect)),
  }))).observe({ type: "layout-shift" });
`;

/** Of a path as it is, which `fetch` would clean up. */
function statusOf(url: string, name: string): Promise<number | undefined> {
  return new Promise((resolve, reject) =>
    get(url, { path: name }, (response) => resolve(response.resume().statusCode)).on(
      "error",
      reject,
    ),
  );
}

async function exported(page: Page): Promise<string> {
  return (await downloaded(page, "#export")).toString("latin1");
}
