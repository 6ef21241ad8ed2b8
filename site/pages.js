import { existsSync } from "node:fs";

/**
 * The pages of the site, in the order of its table of contents. A new page in `docs/` needs a line
 * here; those that are not written yet are left out.
 */
const plan = [
  { title: "Start", pages: ["README.md"] },
  {
    title: "Write",
    pages: [
      "docs/language.md",
      "docs/from-nix.md",
      "docs/services.md",
      "docs/mistakes.md",
      "docs/diagnostics.md",
      "docs/editors.md",
      "docs/playground.md",
    ],
  },
  {
    title: "Use",
    pages: [
      "docs/command-line.md",
      "docs/nix.md",
      "docs/ci.md",
      "docs/large-fleets.md",
      "docs/library.md",
      "docs/component.md",
    ],
  },
  {
    title: "Background",
    pages: ["docs/comparison.md", "docs/benchmarks.md", "docs/architecture.md"],
  },
  {
    title: "Project",
    pages: ["CONTRIBUTING.md", "docs/releasing.md", "CHANGELOG.md", "SECURITY.md"],
  },
];

const isWritten = (page) => existsSync(new URL(`../${page}`, import.meta.url));

export const sections = plan.map(({ title, pages }) => ({ title, pages: pages.filter(isWritten) }));

/** All pages, by the paths of their Markdown in the project. */
export const pages = sections.flatMap((section) => section.pages);

/** Where a page is in the site; the front page is the README. */
export function addressOf(page) {
  return page === "README.md" ? "index.html" : page.replace(/\.md$/, ".html");
}
