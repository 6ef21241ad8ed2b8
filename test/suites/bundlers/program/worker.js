import { run } from "./program.js";

run().then((texts) => self.postMessage(texts));
