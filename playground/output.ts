import type { Extension } from "@codemirror/state";
import { h } from "./dom.js";
import { download } from "./download.js";
import { createViewer } from "./editor/editor.js";

export interface OutputView {
  show(text: string): void;
}

/** A text that the compiler made, to read, copy and download. */
export function createOutputView(
  panel: HTMLElement,
  name: string,
  language: Extension,
): OutputView {
  let text = "";
  const copy = h("button", { type: "button", click: () => void copyText(copy, text) }, "Copy");
  const save = h(
    "button",
    { type: "button", click: () => download(name, new Blob([text], { type: "text/plain" })) },
    "Download",
  );
  const host = h("div", { class: "viewer" });
  panel.replaceChildren(h("div", { class: "floating" }, copy, save), host);
  const viewer = createViewer(host, name, language);
  return {
    show(next) {
      text = next;
      viewer.show(next);
    },
  };
}

/** Copies, and says so on the button for a moment. */
export async function copyText(button: HTMLElement, text: string): Promise<void> {
  const label = button.textContent;
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  button.textContent = isCopied ? "Copied" : "Not allowed";
  setTimeout(() => (button.textContent = label), 1500);
}
