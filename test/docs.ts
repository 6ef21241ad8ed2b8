/** Rewrites the pages of docs/ that are made from the sources; the review is the diff. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { codesPage } from "../src/show/codes-markdown.js";
import { mistakesPage, writeMistakesPage } from "./mistakes-page.js";

writeFileSync(path.join(import.meta.dirname, "../docs/diagnostics.md"), codesPage());
writeFileSync(mistakesPage, writeMistakesPage());
