import { Compiler } from "./compiler.js";
import { Playground } from "./playground.js";

void Playground.start(new Compiler());
if ("serviceWorker" in navigator) {
  void navigator.serviceWorker.register("offline.js").catch(() => {});
}
