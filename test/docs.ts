/** Rewrites the documents that are made from the sources. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { codesPage } from "../src/show/codes-markdown.js";

const diagnosticsPage = path.join(import.meta.dirname, "../docs/diagnostics.md");

writeFileSync(diagnosticsPage, codesPage());
