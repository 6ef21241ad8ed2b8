/**
 * Keeps `repository` and `bugs` in package.json those of `homepage`, the one address of the
 * project; without one there is neither.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What npm wants to know besides the address. */
export function linksOf(homepage) {
  return homepage
    ? { repository: { type: "git", url: `git+${homepage}.git` }, bugs: `${homepage}/issues` }
    : {};
}

if (process.argv[1] === import.meta.filename) {
  const file = fileURLToPath(new URL("../package.json", import.meta.url));
  const text = readFileSync(file, "utf8");
  const { repository, bugs, ...manifest } = JSON.parse(text);
  const entries = Object.entries(manifest).flatMap(([key, value]) => [
    [key, value],
    ...(key === "homepage" ? Object.entries(linksOf(value)) : []),
  ]);
  const linked = `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
  if (linked !== text) {
    writeFileSync(file, linked);
  }
}
