import { run } from "./program.js";

run().then((texts) => console.log(JSON.stringify(texts)));
