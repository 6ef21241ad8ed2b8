/**
 * What the views of the playground show.
 */
import * as assert from "uvu/assert";
import { shoot } from "./browser.js";
import {
  compiled,
  drop,
  fleet,
  linkOf,
  open,
  openExample,
  playgroundSuite,
  putCursor,
  selected,
  summary,
} from "./playground-page.js";

const { test, inPage } = playgroundSuite("playground-views");

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

inPage("Back leads back on a narrow screen, too", async (context) => {
  const page = await open(context, { viewport: { width: 450, height: 740 } });
  await page.click("#tab-fleet");
  await page.click("td button[data-machine=server]");
  await page.click("#panel-explain .place >> nth=0");
  assert.is(await selected(page), "server");
  await page.goBack();
  await page.locator("#panel-explain h2", { hasText: "server" }).waitFor();
  await page.goBack();
  await page.locator("#panel-fleet").waitFor();
  await page.goBack();
  await page.locator("#editor").waitFor();
  await page.goForward();
  await page.locator("#panel-fleet").waitFor();
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

inPage("what JSON cannot represent is said there", async (context) => {
  const page = await open(context);
  await openExample(page, "Special forms");
  await page.click("#tab-json");
  await page.locator("#failure h2", { hasText: "JSON cannot represent this" }).waitFor();
  await shoot(page, "json-refused");
  await page.click("#tab-nix");
  await page.locator("#panel-nix .cm-line", { hasText: "readFile" }).first().waitFor();
});

test.run();
