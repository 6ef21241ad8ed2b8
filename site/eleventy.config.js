/**
 * The site: the Markdown pages of the project around the playground, which must be built before.
 * `npm run build:site` writes it to `dist/site`: static files that need no server and no network.
 */
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serviceWorker } from "../playground/build.js";
import { headingsOf, renderPages, titleOf } from "./markdown.js";
import { addressOf, pages, sections } from "./pages.js";
import { sectionsOf } from "./search-index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = path.join(root, "dist/site");
/** What pages use of the playground, which keeps its own files for visitors without a network. */
const shared = ["colours.css", "icon.svg", "theme.js"].map((file) => `playground/${file}`);

export default function configure(eleventy) {
  const linkedFiles = new Set();
  const texts = new Map(pages.map((page) => [page, readFileSync(path.join(root, page), "utf8")]));
  const describe = (page) => ({
    source: page,
    address: addressOf(page),
    title: page === "README.md" ? "Overview" : titleOf(texts.get(page)),
  });

  eleventy.addGlobalData("layout", "page.njk");
  eleventy.addGlobalData(
    "contents",
    sections.map((section) => ({ ...section, pages: section.pages.map(describe) })),
  );
  pages.forEach((page, index) => {
    const [previous, next] = [pages[index - 1], pages[index + 1]];
    eleventy.addTemplate(page, texts.get(page), {
      ...describe(page),
      permalink: addressOf(page),
      base: "../".repeat(page.split("/").length - 1),
      previous: previous && describe(previous),
      next: next && describe(next),
    });
  });
  eleventy.amendLibrary("md", (markdown) =>
    renderPages(markdown, (href, page) => resolveLink(href, page, linkedFiles)),
  );
  eleventy.addFilter("headings", headingsOf);

  eleventy.addPassthroughCopy({
    "dist/playground": "playground",
    "site/style.css": "style.css",
    "site/register-offline.js": "register-offline.js",
    "site/search.js": "search.js",
  });
  eleventy.on("eleventy.before", () => rmSync(output, { recursive: true, force: true }));
  eleventy.on("eleventy.after", () => {
    writeFileSync(path.join(output, "search-index.js"), searchIndex(pages.map(describe)));
    for (const file of linkedFiles) {
      cpSync(path.join(root, file), path.join(output, file));
    }
    writeFileSync(path.join(output, "offline.js"), keepPages());
  });

  return {
    dir: { input: "site", output: "dist/site" },
    templateFormats: ["md"],
    markdownTemplateEngine: false,
  };
}

/**
 * The address of what a page links to, which must exist: another page, or a file, which is added to
 * those that the site takes along. Folders have no address.
 */
function resolveLink(href, page, linkedFiles) {
  if (/^([a-z]+:|#|$)/i.test(href)) {
    return href;
  }
  const [, file, anchor] = /^([^#]*)(.*)$/.exec(href);
  const target = path.posix.join(path.posix.dirname(page), file);
  if (pages.includes(target)) {
    return path.posix.relative(path.posix.dirname(page), addressOf(target)) + anchor;
  }
  const found = statSync(path.join(root, target), { throwIfNoEntry: false });
  if (found === undefined) {
    throw new Error(`${page} links to ${href}, which does not exist`);
  }
  if (found.isDirectory()) {
    return undefined;
  }
  linkedFiles.add(target);
  return href;
}

/** A script, because pages that are opened as files can load nothing else. */
function searchIndex(described) {
  const sections = described.flatMap((page) =>
    sectionsOf(readFileSync(path.join(output, page.address), "utf8"), page),
  );
  return `globalThis.searchIndex = ${JSON.stringify(sections)};\n`;
}

/** A service worker for all pages, without the playground. */
function keepPages() {
  const files = readdirSync(output, { recursive: true })
    .filter((file) => statSync(path.join(output, file)).isFile())
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => shared.includes(file) || !existsSync(path.join(root, "dist", file)))
    .sort();
  const contents = files.map((file) => [file, readFileSync(path.join(output, file))]);
  const code = readFileSync(path.join(root, "playground/offline.js"), "utf8");
  return serviceWorker("inventory2nix.pages", new Map(contents), code);
}
