/**
 * The playground loses no text.
 */
import * as assert from "uvu/assert";
import { newPage, shoot } from "./browser.js";
import {
  compiled,
  downloaded,
  drop,
  open,
  openExample,
  playgroundSuite,
  press,
  putCursor,
  seenTour,
  summary,
  textOf,
} from "./playground-page.js";

const { test, inPage } = playgroundSuite("playground-keep");

inPage("an example that was opened by mistake is undone, with what was typed", async (context) => {
  const page = await open(context);
  await putCursor(page, "desktop:");
  await page.keyboard.type(" # mine");
  await openExample(page, "Full of mistakes");
  assert.match(await textOf(page), /Everything here is wrong/);
  await page.locator("#toast", { hasText: "Opened “Full of mistakes”." }).waitFor();
  await shoot(page, "toast");
  await page.click("#toast button");
  await page.locator("#editor .cm-line", { hasText: "# mine" }).waitFor();
  await page.locator("#editor .cm-content").focus();
  await press(page, "Control+z", 7);
  assert.not.ok((await textOf(page)).includes("# mine"), "what was typed can be undone still");
});

inPage(
  "the editor's own undo leads back over what was opened, and forth again",
  async (context) => {
    const page = await open(context);
    await openExample(page, "Several files");
    await page.locator("#editor .cm-content").focus();
    await page.keyboard.press("Control+z");
    await page.locator("#editor .cm-line", { hasText: "# A small home" }).waitFor();
    await page.locator("#editor .cm-content").focus();
    await page.keyboard.press("Control+y");
    await page.locator("#files", { hasText: "paris.json" }).waitFor();
  },
);

inPage("a file that was closed comes back", async (context) => {
  const page = await open(context);
  await openExample(page, "Several files");
  await page.locator("#files [role=tab]").first().press("Delete");
  assert.not.ok((await page.textContent("#files"))!.includes("berlin.yaml"));
  await page.click("#toast button");
  await page.locator("#files", { hasText: "berlin.yaml" }).waitFor();
  await page.click("#files .close >> nth=0");
  await page.locator("#toast", { hasText: "Closed berlin.yaml." }).waitFor();
});

inPage("a draft is kept, and starting over can be undone", async (context) => {
  const page = await open(context);
  await putCursor(page, "desktop:");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("tablet:");
  await page.locator("tbody th", { hasText: "tablet" }).waitFor();
  await page.reload();
  await page.locator("tbody th", { hasText: "tablet" }).waitFor();
  await page.click("[aria-label=More]");
  await page.click("#reset");
  await page.locator("tbody th", { hasText: "tablet" }).waitFor({ state: "detached" });
  await page.click("#toast button");
  await page.locator("tbody th", { hasText: "tablet" }).waitFor();
});

inPage("each tab has a draft of its own; the others are among the recent ones", async (context) => {
  const page = await open(context);
  await putCursor(page, "desktop:");
  await page.keyboard.type(" # first");
  await page.waitForTimeout(500);
  const other = await page.context().newPage();
  await other.goto(context.url);
  await compiled(other);
  assert.not.ok((await textOf(other)).includes("# first"), "it is open in the first tab");
  await putCursor(other, "server:");
  await other.keyboard.type(" # second");
  await other.waitForTimeout(500);
  await page.reload();
  await compiled(page);
  assert.match(await textOf(page), /# first/);
  assert.not.match(await textOf(page), /# second/);
  await page.click("#open-menu");
  await page.locator("#open button", { hasText: "home: 4 machines" }).click();
  await page.locator("#editor .cm-line", { hasText: "# second" }).waitFor();
  await page.click("#toast button");
  await page.locator("#editor .cm-line", { hasText: "# first" }).waitFor();
});

inPage("a link leaves the draft alone until its text is edited", async (context) => {
  const page = await open(context);
  await putCursor(page, "desktop:");
  await page.keyboard.type(" # mine");
  await page.waitForTimeout(500);
  const drafts = () =>
    page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft')).length");
  assert.is(await drafts(), 1);
  await page.goto("about:blank");
  await page.goto(`${context.url}#example/company`);
  await compiled(page);
  await page.click("#tab-nix");
  await openExample(page, "Several files");
  await page.click("#toast button");
  await page.waitForTimeout(500);
  assert.is(await drafts(), 1);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.type("# edited");
  for (let tries = 0; tries < 100 && Number(await drafts()) < 2; tries++) {
    await page.waitForTimeout(100);
  }
  assert.is(await drafts(), 2);
  assert.is(await page.evaluate("location.hash"), "");
});

inPage("a link that takes the place of a draft is undone", async (context) => {
  const page = await open(context);
  await putCursor(page, "desktop:");
  await page.keyboard.type(" # mine");
  await page.waitForTimeout(500);
  const mine = page.locator("#editor .cm-line", { hasText: "# mine" });
  await page.evaluate("location.hash = '#example/company'");
  await page.locator(".total", { hasText: "30 machines" }).waitFor();
  await page.locator("#toast", { hasText: "Opened “A company of thirty”." }).waitFor();
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+z");
  await mine.waitFor();
  await page.reload();
  await mine.waitFor();
  await page.goto("about:blank");
  await page.goto(`${context.url}#example/company`);
  await page.locator(".total", { hasText: "30 machines" }).waitFor();
  await page.click("#toast button");
  await mine.waitFor();
});

inPage(
  "where storage is full, the page says so, and keeps what is on the screen",
  async (context) => {
    const page = await newPage(context);
    await page.addInitScript(`
    ${seenTour}
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  `);
    await page.goto(context.url);
    await compiled(page);
    await putCursor(page, "desktop:");
    await page.keyboard.type(" # mine");
    await page.locator("#notice", { hasText: "no room left for your inventory" }).waitFor();
    await shoot(page, "storage-full");
    const archive = await downloaded(page, "#notice button:has-text('Export')");
    assert.ok(archive.includes("# mine"));
    assert.match(await textOf(page), /# mine/);
  },
);

inPage("what is imported is added, or takes the place of what there is", async (context) => {
  const page = await open(context);
  await drop(page, { "fleet.json": '{ "machines": { "dropped": {} } }' });
  await page.locator("tbody th", { hasText: "dropped" }).waitFor();
  assert.match((await page.textContent("#files"))!, /fleet\.json/);
  await page.locator("#editor .cm-content").focus();
  await press(page, "Control+Home");
  await page.keyboard.press("Enter");
  await drop(page, { "more.yaml": "machines: [added]\n", "notes.txt": "no" });
  await page.locator(".dialog", { hasText: "1 file: what is to become of yours?" }).waitFor();
  await shoot(page, "import");
  await page.click(".dialog button:has-text('Add to mine')");
  await page.locator("tbody th", { hasText: "added" }).waitFor();
  assert.is(await page.locator("tbody tr").count(), 2);
  await page.click("#toast button");
  await page.locator("tbody th", { hasText: "added" }).waitFor({ state: "detached" });
});

inPage("Nix is recognized, and its export becomes YAML", async (context) => {
  const page = await open(context);
  await drop(page, { "clan.nix": "{\n  inventory.machines.a = { };\n}\n" });
  await page.locator(".dialog", { hasText: "nix eval --json" }).waitFor();
  await shoot(page, "nix");
  await page.fill(
    ".dialog textarea",
    JSON.stringify({ machines: { exported: { name: "exported", tags: [] } }, instances: {} }),
  );
  await page.click(".dialog button:has-text('Open as YAML')");
  await page.locator("#editor .cm-line", { hasText: "exported:" }).waitFor();
  await summary(page, "No problems");
  await page.evaluate(`(() => {
    const data = "{ self, ... }:\\n{\\n  inventory.machines.b = { };\\n}\\n";
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", data);
    document.getElementById("editor").shadowRoot.querySelector(".cm-content")
      .dispatchEvent(new ClipboardEvent("paste", { clipboardData, data, dataType: "text/plain", bubbles: true, cancelable: true }));
  })()`);
  await page.locator(".dialog", { hasText: "nix eval --json" }).waitFor();
});

test.run();
