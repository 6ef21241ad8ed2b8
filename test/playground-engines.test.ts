/**
 * What depends on the browser's engine, in Firefox and in WebKit. `BROWSER=firefox` and
 * `BROWSER=webkit` run the other files of the playground there, too.
 */
import * as assert from "uvu/assert";
import { newPage, pageSuite } from "./browser.js";
import { compiled, folder, open, press, putCursor, summary, textOf } from "./playground-page.js";

for (const engine of ["firefox", "webkit"] as const) {
  const { test, inPage } = pageSuite(`playground in ${engine}`, folder, "build:playground", engine);

  inPage("it compiles, is confirmed, and its workers start", async (context) => {
    const page = await newPage(context);
    await page.goto(context.url);
    await compiled(page);
    await page.locator("#tour", { hasText: "1 of 3" }).waitFor();
    await page.locator("#confirmation", { hasText: "Confirmed by the component" }).waitFor();
  });

  inPage("squiggles are wavy, and fixes are made", async (context) => {
    const page = await open(context);
    await putCursor(page, "moblie");
    await page.locator("#editor .cm-lintRange-warning").first().waitFor();
    const style = await page.evaluate(
      `getComputedStyle(document.getElementById("editor").shadowRoot.querySelector(".cm-lintRange-warning")).textDecorationStyle`,
    );
    assert.is(style, "wavy");
    await page.click("#problems .fix");
    await summary(page, "No problems");
  });

  inPage("a link is copied, or shown to be copied", async (context) => {
    const page = await open(context);
    await page.click("#open-share");
    await page.click("#share-link");
    await page.waitForURL(/#\d/);
  });

  inPage("what is typed is kept, indented and undone", async (context) => {
    const page = await open(context);
    await putCursor(page, "desktop:");
    await page.keyboard.press("Enter");
    await page.keyboard.type("tags: [mobile]");
    await page.locator(".chip", { hasText: "mobile2" }).waitFor();
    assert.match(await textOf(page), /\n {2}desktop:\n {4}tags: \[mobile\]\n/);
    await page.waitForTimeout(500);
    await page.reload();
    await compiled(page);
    assert.match(await textOf(page), /\n {4}tags: \[mobile\]\n/);
    await page.locator("#editor .cm-content").focus();
    await press(page, "Control+a");
    await page.keyboard.type("machines: [a]");
    await page.locator(".total", { hasText: "1 machine" }).waitFor();
    // Who types slowly has several steps to take back.
    while (!/laptop/.test(await textOf(page))) {
      await press(page, "Control+z");
    }
    await page.locator(".total", { hasText: "4 machines" }).waitFor();
  });

  inPage("the views draw, and Back leads back", async (context) => {
    const page = await open(context);
    for (const [view, content] of [
      ["explain", ".membership"],
      ["changes", ".blank"],
      ["graph", ".node"],
      ["nix", ".cm-line"],
    ] as const) {
      await page.click(`#tab-${view}`);
      await page.locator(`#panel-${view} ${content}`).first().waitFor();
    }
    await page.goBack();
    await page.locator("#panel-graph .node").first().waitFor();
  });

  test.run();
}
