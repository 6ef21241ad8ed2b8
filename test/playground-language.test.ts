/**
 * The language service in the playground's editor.
 */
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { shoot } from "./browser.js";
import {
  open,
  openExample,
  playgroundSuite,
  press,
  putCursor,
  selected,
  summary,
  textOf,
} from "./playground-page.js";

const { test, inPage } = playgroundSuite("playground-language");

const offered = (page: Page, label: string) =>
  page.locator("#editor .cm-tooltip-autocomplete li", { hasText: label });

/** Takes an offer, once the editor is not waiting for others, and it has been there for a moment. */
async function choose(page: Page, label: string): Promise<void> {
  const ready = page.locator(
    "#editor .cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li[aria-selected]",
    { hasText: label },
  );
  await ready.waitFor();
  await page.waitForTimeout(300);
  await ready.waitFor();
  await page.keyboard.press("Enter");
}

inPage(
  "completion offers settings with their words, and names of this inventory",
  async (context) => {
    const page = await open(context);
    await putCursor(page, "settings: { directory", "/var/lib/borgbackup");
    await page.keyboard.type(", ");
    await page.keyboard.press("Control+Space");
    await offered(page, "address").waitFor();
    await page.locator("#editor .cm-completionInfo").waitFor();
    await shoot(page, "completion");
    await page.keyboard.press("Escape");
    await putCursor(page, "machines: [backup-box]", "backup-box");
    await page.keyboard.type(", lap");
    await choose(page, "laptop");
    await page.locator("#editor .cm-line", { hasText: "machines: [backup-box, laptop]" }).waitFor();
  },
);

inPage("completion knows the names while the text is broken", async (context) => {
  const page = await open(context);
  await putCursor(page, "machines: [backup-box]", "machines: [");
  await press(page, "Shift+End");
  await page.keyboard.press("Delete");
  await summary(page, /error/);
  await page.keyboard.type("des");
  await offered(page, "desktop").waitFor();
});

inPage("hovering shows what is wrong first, then what is known, and fixes it", async (context) => {
  const page = await open(context);
  await page.locator("#editor .cm-line span", { hasText: "directory" }).last().hover();
  const tooltip = page.locator("#editor .hover");
  await tooltip.waitFor();
  assert.match((await tooltip.textContent())!, /director/i);
  await shoot(page, "hover");
  await page.mouse.move(0, 0);
  await tooltip.waitFor({ state: "detached" });
  await putCursor(page, "moblie");
  await page.locator("#editor .cm-lintRange").last().hover();
  await page.locator("#editor .hover .finding", { hasText: "did you mean 'mobile'?" }).waitFor();
  await page.locator("#editor .hover button").first().click();
  await summary(page, "No problems");
});

inPage("a name is renamed in every file, and undone", async (context) => {
  const page = await open(context);
  await openExample(page, "Several files");
  const names = await page.locator("#files [role=tab]").allTextContents();
  const text = await textOf(page);
  const machine = /^ {2}([\w-]+):/m.exec(text)![1]!;
  await putCursor(page, `  ${machine}:`, machine);
  await page.waitForTimeout(300);
  await page.keyboard.press("F2");
  await page.fill(".dialog input", "renamed-1");
  await page.keyboard.press("Enter");
  await page.locator("#editor .cm-line", { hasText: "renamed-1:" }).first().waitFor();
  await page.click("#tab-fleet");
  await page.locator("tbody th", { hasText: "renamed-1" }).waitFor();
  assert.is(await page.locator("tbody th", { hasText: machine }).count(), 0);
  assert.is(names.length, 3);
});

inPage("F12 goes to a definition, Ctrl+. offers what can be done", async (context) => {
  const page = await open(context);
  await putCursor(page, "machines: [backup-box]", "backup-box");
  await page.keyboard.press("F12");
  await page.waitForTimeout(300);
  assert.is(await selected(page), "backup-box");
  await putCursor(page, "moblie", "moblie");
  await page.keyboard.press("Control+.");
  const choice = page.locator(".dialog button", { hasText: "mobile" }).first();
  await choice.waitFor();
  await shoot(page, "actions");
  await choice.click();
  await summary(page, "No problems");
});

inPage(
  "with the cursor on a tag its members light up, in the fleet and in Nix",
  async (context) => {
    const page = await open(context);
    await putCursor(page, "mobile: { settings", "mobi");
    await page.locator("th .lit", { hasText: "laptop" }).waitFor();
    await page.locator("td .role.lit").first().waitFor();
    await page.locator("#detail .setting.lit, #detail h3.lit").first().waitFor();
    await shoot(page, "lit");
    await page.click("#tab-nix");
    await page.locator("#panel-nix .cm-lit").first().waitFor();
    await page.click("#tab-fleet");
    await page.locator("td button[data-machine=desktop][data-instance=sshd]").hover();
    await page.locator("#editor .cm-lit", { hasText: "desktop" }).waitFor();
  },
);

inPage("the explanation follows the cursor, and stays with what was chosen", async (context) => {
  const page = await open(context);
  const explained = (name: string) => page.locator("#detail h2", { hasText: name }).waitFor();
  await explained("laptop");
  await putCursor(page, "  desktop:");
  await explained("desktop");
  await page.locator("#detail h2 .lit").waitFor();
  await putCursor(page, "settings: { directory", "direc");
  await explained("backup-box");
  await page.locator("#detail .setting.lit", { hasText: "directory" }).waitFor();
  // All machines have the tag, also the one that is explained.
  await putCursor(page, "server: { tags: [all] }", "[al");
  await page.locator("#detail h3.lit", { hasText: "sshd.server" }).waitFor();
  await explained("backup-box");
  await page.click("th [data-machine=laptop]");
  await explained("laptop");
  await page.waitForTimeout(500);
  await explained("laptop");
  await page.click("#detail button:has-text('Close')");
  await putCursor(page, "  desktop:");
  await page.locator("th .lit", { hasText: "desktop" }).waitFor();
  assert.ok(await page.locator("#detail").isHidden());
  await page.click("#tab-explain");
  await putCursor(page, "  server: {", "  server");
  await page.locator("#panel-explain h2", { hasText: "server" }).waitFor();
  assert.is(await page.textContent("#tab-explain .count"), "2");
});

inPage("what is pointed at lights up in the text, in every view", async (context) => {
  const page = await open(context);
  const lights = async (selector: string, text: string) => {
    await page.mouse.move(0, 0);
    await page.locator("#editor .cm-lit").first().waitFor({ state: "detached" });
    await page.locator(selector).first().hover();
    await page.locator("#editor .cm-lit", { hasText: text }).first().waitFor();
  };
  await lights("th .instance[data-instance=sshd]", "sshd");
  await lights(".chip[data-tag=mobile]", "mobile");
  await lights("#detail dt.tag:has-text('mobile')", "mobile");
  await lights("#detail .setting[data-path=startAt]", '"12:30"');
  await page.click("#tab-graph");
  await lights(".role-node[data-names=client]", "client");
  await page.click("#tab-nix");
  await page.locator("#panel-nix .cm-line", { hasText: "borgbackup-client = {" }).click();
  await page.locator("#editor .cm-lit", { hasText: "client" }).waitFor();
  await putCursor(page, "laptop: { tags", "[mob");
  await page.locator("#panel-nix .cm-lit", { hasText: "mobile" }).waitFor();
  await putCursor(page, 'startAt: "03:00"', 'startAt: "03');
  await page.keyboard.press("Backspace");
  await page.keyboard.type("4");
  await page.click("#tab-changes");
  await page.locator("#panel-changes .change.lit", { hasText: "startAt" }).waitFor();
  await lights("#panel-changes .change", "startAt");
  await lights("#panel-changes button.machine:has-text('server')", "server");
  await lights("#panel-changes h3:has-text('desktop, server')", "desktop");
  await page.locator("#editor .cm-lit", { hasText: "server" }).first().waitFor();
  await putCursor(page, "  server: {", "  server");
  await page.locator("#panel-changes h3.lit", { hasText: "desktop, server" }).waitFor();
});

test.run();
