import { run } from "./program.js";

void run().then((texts) => self.postMessage(texts));
