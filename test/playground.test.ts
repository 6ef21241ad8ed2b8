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
  fleet,
  folder,
  open,
  openExample,
  playgroundSuite,
  press,
  putCursor,
  seenTour,
  selected,
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
  for (const letter of "instance: wrong") {
    await page.keyboard.type(letter);
    assert.is(await page.locator("#problems .error").count(), 0, letter);
  }
  await page.locator("#problems .error").first().waitFor();
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

inPage("a cell shows its settings, and is explained where it is chosen", async (context) => {
  const page = await open(context);
  const cell = page.locator("td button[data-machine=laptop][data-instance=borgbackup]");
  await cell.hover();
  await page.locator(".peek", { hasText: 'startAt: "12:30"' }).waitFor();
  await shoot(page, "peek");
  await page.locator("td button[data-machine=server][data-instance=borgbackup]").click();
  await page.locator("#detail h2", { hasText: "server" }).waitFor();
  await page.click("#detail button:has-text('Open in Explain')");
  await page.selectOption("[aria-label=Machine]", "laptop");
  const explanation = page.locator("#panel-explain .explanation");
  await explanation.locator("h3", { hasText: "borgbackup.client" }).waitFor();
  await explanation.locator("h3", { hasText: "sshd.server" }).waitFor();
  const setting = explanation.locator(".setting", { hasText: "startAt" });
  assert.match((await setting.textContent())!, /wins.*tag mobile, priority 50.*loses.*the role/);
  await shoot(page, "explain");
  await setting.locator("button.place").first().click();
  assert.is(await selected(page), '"12:30"');
});

inPage("Back leads back to the view before", async (context) => {
  const page = await open(context);
  await page.click("#tab-nix");
  await page.click("#tab-graph");
  await page.goBack();
  await page.locator("#panel-nix").waitFor();
  await page.goBack();
  await page.locator("#panel-fleet").waitFor();
  await page.goForward();
  await page.locator("#panel-nix").waitFor();
});

inPage("the matrix holds 200 machines in forty instances", async (context) => {
  const page = await open(context);
  await drop(page, { "inventory.yaml": fleet(200, 40) });
  await page.locator(".total", { hasText: "200 machines" }).waitFor();
  assert.is(await page.locator("tbody tr").count(), 200);
  const [room, width] = await page.evaluate<readonly [number, number]>(
    "[document.querySelector('.matrix').clientWidth, document.querySelector('.matrix').scrollWidth]",
  );
  assert.ok(width <= room, `${width} wide in ${room}`);
  await page.click(".chip:has-text('tag1')");
  await page.locator(".total", { hasText: "20 of 200 machines" }).waitFor();
  await page.fill("[aria-label='Filter machines by name']", "m1");
  assert.match((await page.textContent(".total"))!, /^1\d of 200 machines$/);
  await shoot(page, "matrix");
  assert.equal((await page.locator("tbody th").allTextContents()).slice(0, 3), [
    "m1",
    "m11",
    "m101",
  ]);
  await page.fill("[aria-label='Filter instances by name']", "i3");
  assert.is(await page.locator("thead th").count(), 12);
  await page.click("text=Transpose");
  assert.is(await page.locator("tbody tr").count(), 11);
  await shoot(page, "matrix-transposed");
});

inPage("machines come as they are declared, or by name", async (context) => {
  const page = await open(context);
  await drop(page, { "inventory.yaml": "machines: [m10, m9, b]\n" });
  await page.locator(".total", { hasText: "3 machines" }).waitFor();
  assert.equal(await page.locator("tbody th").allTextContents(), ["m10", "m9", "b"]);
  await page.selectOption("[aria-label='Order of machines']", "natural");
  assert.equal(await page.locator("tbody th").allTextContents(), ["b", "m9", "m10"]);
});

inPage("what changes is told as it is typed, since the page was opened", async (context) => {
  const page = await open(context);
  await putCursor(page, 'startAt: "03:00"', 'startAt: "03');
  await page.keyboard.press("Backspace");
  await page.keyboard.type("4");
  await page
    .locator("#strip", { hasText: 'desktop, server: startAt "03:00" → "04:00" · 2 to deploy' })
    .waitFor();
  await page.click("#tab-changes");
  await page.locator("h3", { hasText: "To deploy: 2 machines" }).waitFor();
  assert.is(await page.textContent("#tab-changes .count"), "2");
  await shoot(page, "changes");
  await page.click("text=Take this as the baseline");
  await page.locator("#panel-changes h2", { hasText: "Nothing changes" }).waitFor();
  assert.is(await page.textContent("#strip"), "No changes yet");
});

inPage("a baseline that has errors is told, and can be gone back to", async (context) => {
  const page = await open(context);
  await page.click("#tab-changes");
  await putCursor(page, "client: { machines: [desktop", "[desktop");
  await page.keyboard.type("x");
  await summary(page, "1 error");
  await page.click("text=Take this as the baseline");
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Backspace");
  await page
    .locator("#panel-changes h2", { hasText: "The version before does not compile" })
    .waitFor();
  assert.match((await page.textContent("#panel-changes"))!, /no machine is named 'desktopx'/);
  await shoot(page, "changes-broken");
  await page.click("text=Go back to the baseline");
  await summary(page, "1 error");
  await page.click("#toast button");
  await summary(page, "1 warning");
});

inPage("the graph shows roles and machines, all or those around one", async (context) => {
  const page = await open(context);
  await openExample(page, "A home of sixteen machines");
  await page.click("#tab-graph");
  await page.locator(".node[data-names='ceres, gaia, ops']").waitFor();
  await page.locator(".node[data-names='boreas, nyx']").hover();
  assert.is(await page.locator(".edge.on").count(), 6);
  await shoot(page, "graph");
  const all = await page.locator(".node").count();
  await page.locator(".node[data-names='boreas, nyx']").click();
  assert.ok((await page.locator(".node").count()) < all);
  await page.click("text=Show all");
  assert.is(await page.locator(".node").count(), all);
  const width = () => page.getAttribute(".drawing svg", "width").then(Number);
  const before = await width();
  await page.click("[aria-label=Smaller]");
  assert.ok((await width()) < before);
  assert.match((await page.textContent(".graph table"))!, /borgbackup.*client/);
});

inPage(
  "the graph of a large fleet joins roles to tags, and stays where it was",
  async (context) => {
    const page = await open(context);
    await drop(page, { "inventory.yaml": fleet(1000) });
    await page.locator("#tab-fleet .count", { hasText: "1,000" }).waitFor();
    assert.is(await page.textContent("#tab-graph .count"), "10");
    await page.click("#tab-graph");
    const tag = page.locator(".node[data-names='tag3, 100 machines']");
    await tag.waitFor();
    assert.is(await page.locator(".node").count(), 20);
    assert.is(await page.locator(".edge").count(), 20);
    await shoot(page, "graph-large");
    await putCursor(page, "m3:");
    await page.locator(".tag-node.lit").waitFor();
    assert.is(await page.locator(".tag-node.lit").getAttribute("data-names"), "tag3, 100 machines");
    await tag.click();
    assert.is(await page.locator(".node").count(), 3);
    await putCursor(page, "m3:");
    await page.keyboard.type(" # same");
    await compiled(page);
    await page.waitForTimeout(500);
    assert.is(await page.locator(".node").count(), 3);
    await page.selectOption("[aria-label='What roles are joined to']", "machines");
    await page.locator(".machine-node", { hasText: "100 machines" }).first().waitFor();
  },
);

inPage("options reach the compiler, and are in the link", async (context) => {
  const page = await open(context);
  await page.click("#tab-nix");
  await page.click("#open-options");
  await page.click("#emit label:has-text('Declared')");
  await page.locator("#panel-nix .cm-line", { hasText: "tags = {" }).first().waitFor();
  assert.is(await page.textContent("#changed-options"), "1");
  await shoot(page, "options");
  const other = await open(context, {}, await linkOf(page));
  await other.locator("#panel-nix .cm-line", { hasText: "tags = {" }).first().waitFor();
});

inPage("YAML comes out, too, and a catalogue of one's own is taken", async (context) => {
  const page = await open(context);
  const inventory =
    "machines: [a]\ninstances:\n  web: { module: { name: web, input: self }, roles: { front: { machines: [a], settings: { port: many } } } }\n";
  const catalogue = JSON.stringify({
    self: { web: { front: { properties: { port: { type: "integer" } } } } },
  });
  await drop(page, { "inventory.yaml": inventory, "services.json": catalogue });
  await page.locator("#problems", { hasText: "port" }).waitFor();
  await page.click("#tab-yaml");
  await page.locator("#failure", { hasText: "1 error" }).waitFor();
  await openExample(page, "A small home");
  await page.click("#tab-yaml");
  await page.locator("#panel-yaml .cm-line", { hasText: "backed-up:" }).first().waitFor();
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

inPage("what JSON cannot represent is said there", async (context) => {
  const page = await open(context);
  await openExample(page, "Special forms");
  await page.click("#tab-json");
  await page.locator("#failure h2", { hasText: "JSON cannot represent this" }).waitFor();
  await shoot(page, "json-refused");
  await page.click("#tab-nix");
  await page.locator("#panel-nix .cm-line", { hasText: "readFile" }).first().waitFor();
});

inPage("a catalogue with a mistake says so", async (context) => {
  const page = await open(context);
  await drop(page, { "inventory.yaml": "machines: [a]\n", "services.json": '{ "self": 1 }' });
  await page.locator("#problems .error .place", { hasText: "services.json:1:" }).first().waitFor();
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
  await page.locator("td button").first().focus();
  await page.keyboard.press("Enter");
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
  await page.keyboard.press("Control+/");
  assert.match(await textOf(page), /# b:$/);
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

inPage("a first visit gets each byte once", async (context) => {
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
    for (const view of ["fleet", "explain", "changes", "graph", "nix", "json", "yaml"]) {
      await page.click(`#tab-${view}`);
      await page.waitForTimeout(200);
      await shoot(page, `narrow-${colorScheme}-${view}`);
      assert.is(await page.evaluate("document.documentElement.scrollWidth"), 360, view);
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
  const ask = (worker: string, method: string, args: readonly unknown[]) =>
    page.evaluate<WorkerReply>(`new Promise((resolve) => {
      window[${JSON.stringify(worker)}] ??= new Worker(${JSON.stringify(worker)}, { type: "module" });
      window[${JSON.stringify(worker)}].onmessage = ({ data }) => resolve(data);
      window[${JSON.stringify(worker)}].postMessage(${JSON.stringify({ id: 1, method, args })});
    })`);
  for (const { name, folder, sources, options } of readCases()) {
    const catalogue = readExpected(folder, servicesFile);
    const services =
      options.services === undefined
        ? {}
        : { services: catalogue === "" ? [] : [{ name: servicesFile, text: catalogue }] };
    // The page knows no files, and takes the text as its options say.
    const { files: _, clanCoreInput: __, severities: ___, ...known } = options;
    const inventory = { sources, options: { ...known, ...services } };
    const expected = compile(sources, known);
    for (const worker of ["worker.js", "component-worker.js"]) {
      const reply = await ask(worker, "emit", [inventory, options.to ?? "nix"]);
      assert.is(reply.answer ?? "", expected.text ?? "", `${name}, ${worker}`);
    }
  }
});

test.run();

/** Lets each answer of a worker come later by `window.slowBy` milliseconds. */
const slowAnswers = `
  const Real = Worker;
  window.Worker = class extends Real {
    postMessage(message) {
      setTimeout(() => super.postMessage(message), window.slowBy ?? 0);
    }
  };
`;

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

interface WorkerReply {
  readonly answer: string | undefined;
}

async function linkOf(page: Page): Promise<string> {
  await page.click("#open-share");
  await page.click("#share-link");
  await page.waitForURL(/#\d/);
  return page.url();
}

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
