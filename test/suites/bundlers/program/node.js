import { run } from "./program.js";

void run().then((texts) => console.log(JSON.stringify(texts)));
