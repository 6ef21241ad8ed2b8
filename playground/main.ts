import { Compiler } from "./compiler.js";
import { h } from "./dom.js";
import { Drafts } from "./drafts.js";
import { hideNotice, notify } from "./notice.js";
import { Playground } from "./playground.js";

const compiler = new Compiler("worker.js", {
  silent: (restart) =>
    notify(
      "The compiler has not answered for some seconds. It may still be at work.",
      h("button", { type: "button", click: () => (hideNotice(), restart()) }, "Start it anew"),
      "error",
    ),
  back: hideNotice,
});
void Drafts.open().then((drafts) => Playground.start(compiler, drafts));
if ("serviceWorker" in navigator) {
  void navigator.serviceWorker.register("offline.js").catch(() => {});
}
