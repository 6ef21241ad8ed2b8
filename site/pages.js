/**
 * The pages of the site, in the order of its table of contents. A new page in `docs/` needs a line
 * here.
 */
export const sections = [
  { title: "Start", pages: ["README.md"] },
  {
    title: "Write",
    pages: ["docs/language.md", "docs/services.md", "docs/editors.md"],
  },
  {
    title: "Use",
    pages: ["docs/nix.md", "docs/ci.md", "docs/library.md"],
  },
  {
    title: "Background",
    pages: ["docs/comparison.md", "docs/architecture.md"],
  },
  { title: "Project", pages: ["CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"] },
];

/** All pages, by the paths of their Markdown in the project. */
export const pages = sections.flatMap((section) => section.pages);

/** Where a page is in the site; the front page is the README. */
export function addressOf(page) {
  return page === "README.md" ? "index.html" : page.replace(/\.md$/, ".html");
}
