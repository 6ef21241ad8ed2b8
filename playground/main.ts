import { Compiler } from "./compiler.js";
import { h } from "./dom.js";
import { Drafts } from "./drafts.js";
import { notify } from "./notice.js";
import { Playground } from "./playground.js";

let takeBack = () => {};
const compiler = new Compiler("worker.js", {
  silent(restart) {
    const again = () => (takeBack(), restart());
    takeBack = notify(
      "The compiler has not answered for some seconds. It may still be at work.",
      h("button", { type: "button", click: again }, "Start it anew"),
      "error",
    );
  },
  back: () => takeBack(),
});
void Drafts.open().then((drafts) => Playground.start(compiler, drafts));
if ("serviceWorker" in navigator) {
  void navigator.serviceWorker.register("offline.js").catch(() => {});
}
