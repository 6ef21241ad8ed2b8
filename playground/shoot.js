/** Takes the pictures of the README and docs/playground.md in Chromium: `node playground/shoot.js`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.js";

const root = path.resolve(import.meta.dirname, "..");
const server = await serve(path.join(root, "dist/playground"));
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath:
    process.env["CHROMIUM"] ??
    ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"].find(existsSync),
  args: ["--no-sandbox"],
});

await shoot("screenshot", "light", "", async (page) => {
  await page
    .locator("#editor .cm-line", { hasText: "mobile: {" })
    .click({ position: { x: 90, y: 10 } });
  await page.locator("td .role.lit").first().waitFor();
  await page.mouse.move(0, 0);
});
await shoot("screenshot-explain", "dark", "#example/sixteen", async (page) => {
  await page.click("#tab-explain");
  await page.selectOption("[aria-label=Machine]", { index: 5 });
  await page.locator("#panel-explain .setting").first().waitFor();
});
await shoot("screenshot-fix", "light", "", async (page) => {
  await page.click("#problems .finding");
  await page.locator("#editor .cm-lintRange").last().hover();
  await page.locator("#editor .hover button").first().waitFor();
});
await browser.close();
server.close();

async function shoot(name, colorScheme, hash, prepare) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    colorScheme,
  });
  const page = await context.newPage();
  await page.addInitScript(`localStorage.setItem("inventory2nix/tour", "seen")`);
  await page.goto(`${url}${hash}`);
  await page.locator("#confirmation", { hasText: "Confirmed" }).waitFor();
  await prepare(page);
  // What is lit and hovered over comes to rest.
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(root, `playground/${name}.png`) });
  await context.close();
}
