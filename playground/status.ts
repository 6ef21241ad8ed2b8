import type { Difference } from "./answer.js";
import { notLoaded } from "./compiler.js";
import { byId, h } from "./dom.js";
import { notify } from "./notice.js";
import { summarizeChanges } from "./views/changes.js";

/** Shows that the compiler is at work. */
export function showWorking(): void {
  byId("status").classList.add("working");
}

/** Shows that it has answered, and how long that took, in milliseconds. */
export function showDone(time: number): void {
  showStatus(`Compiled in ${milliseconds(time)}`);
}

/** Says why there is no answer. */
export function showFailure({ message }: Error, tryAgain: () => void): void {
  showStatus("Failed");
  const again = h("button", { type: "button", click: tryAgain }, "Try again");
  const text =
    message === notLoaded
      ? "The compiler could not be loaded. Your text is here, and can be edited and exported."
      : `The compiler failed: ${message.split("\n")[0]!}. This is a bug in the compiler, not in the inventory.`;
  notify(text, again, "error");
}

/** Says why nothing is compiled while someone types. */
export function showPause(time: number, compile: () => void): void {
  const run = h("button", { type: "button", click: compile }, "Compile");
  notify(`This inventory takes ${milliseconds(time)}: too long to follow while you type.`, run);
}

/** Says below the editor what changes, in a line. */
export function showChanges(difference: Difference | undefined): void {
  const text = difference === undefined ? "" : summarizeChanges(difference);
  const strip = byId("strip");
  strip.textContent = text === "" ? "No changes yet" : text;
  strip.classList.toggle("some", text !== "");
}

function showStatus(text: string): void {
  const status = byId("status");
  status.classList.remove("working");
  status.textContent = text;
}

function milliseconds(time: number): string {
  return time < 10
    ? `${time.toFixed(1)} ms`
    : time < 2000
      ? `${Math.round(time)} ms`
      : `${(time / 1000).toFixed(1)} s`;
}
