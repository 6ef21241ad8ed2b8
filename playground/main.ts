import { Compiler } from "./compiler.js";
import { byId, h } from "./dom.js";
import { Drafts } from "./drafts.js";
import { percent } from "./load.js";
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
void start();

/** The editor comes first, then the compiler, then the component, and what works without a network. */
async function start(): Promise<void> {
  const say = (text: string) => (byId("status").textContent = text);
  void compiler
    .load(["worker.js"], (share) => say(`Loading the compiler: ${percent(share)}`))
    .then(() => say("Starting the compiler"));
  const playground = await Playground.start(compiler, await Drafts.open());
  // A compiler that cannot be started is told of where it was asked.
  await playground.loadRest().catch(() => {});
  await navigator.serviceWorker?.register("offline.js").catch(() => {});
}
