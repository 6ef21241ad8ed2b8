/** Rewrites the expected files of every golden case; the review is the diff. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { actualFiles, readCases } from "./cases.js";

for (const golden of readCases()) {
  for (const [name, text] of Object.entries(actualFiles(golden))) {
    const file = path.join(golden.folder, name);
    if (text === "") {
      rmSync(file, { force: true });
    } else {
      writeFileSync(file, text);
    }
  }
}
