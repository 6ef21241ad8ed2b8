import type { Extension } from "@codemirror/state";
import type { Path } from "../src/index.js";
import { h } from "./dom.js";
import { download } from "./download.js";
import { createViewer, type Stretch } from "./editor/editor.js";
import { type Focus, focusOf, isLit, linePaths } from "./focus.js";

export interface OutputView {
  show(text: string): void;
  /** Lights up the lines that are about what the cursor is on. */
  light(focus: Focus): void;
}

/** A text that the compiler made, to read, copy and download. */
export function createOutputView(
  panel: HTMLElement,
  name: string,
  language: Extension,
  point: (focus: Focus) => void,
): OutputView {
  let text = "";
  let paths: readonly Path[] = [];
  const copy = h("button", { type: "button", click: () => void copyText(copy, text) }, "Copy");
  const save = h(
    "button",
    { type: "button", click: () => download(name, new Blob([text], { type: "text/plain" })) },
    "Download",
  );
  const host = h("div", { class: "viewer" });
  panel.replaceChildren(h("div", { class: "floating" }, copy, save), host);
  const viewer = createViewer(host, name, language, (offset) =>
    point(focusOf(paths[text.slice(0, offset).split("\n").length - 1] ?? [])),
  );
  return {
    show(next) {
      if (text !== next) {
        text = next;
        paths = linePaths(next);
      }
      viewer.show(next);
    },
    light(focus) {
      const { instance, role } = focus;
      const shared = role === undefined ? undefined : `${instance}-${role}`;
      const lines = text.split("\n");
      let at = 0;
      const stretches: Stretch[] = [];
      for (const [index, line] of lines.entries()) {
        const path = paths[index]!;
        // What members share is bound once, under the name of instance and role.
        if (isLit(focus, focusOf(path)) || (shared !== undefined && path[0] === shared)) {
          stretches.push({ from: at + /^ */.exec(line)![0].length, to: at + line.length });
        }
        at += line.length + 1;
      }
      viewer.lightUp(stretches);
    },
  };
}

/**
 * Copies, and says so on the button for a moment. Where the browser refuses, the text is shown in a
 * field, selected, to be copied by hand.
 */
export async function copyText(button: HTMLElement, text: string | Promise<string>): Promise<void> {
  const label = button.textContent;
  if (await write(text)) {
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), 1500);
    return;
  }
  const field = h("textarea", { class: "copy-field", readonly: true, "aria-label": "To copy" });
  field.value = await text;
  const dialog = h(
    "dialog",
    { class: "dialog", close: () => dialog.remove() },
    h("p", {}, "The browser does not let the page copy. Copy this yourself:"),
    field,
    h("form", { method: "dialog" }, h("button", { class: "primary" }, "Close")),
  );
  document.body.append(dialog);
  dialog.showModal();
  field.select();
}

/** A text that is still to be made must be promised within the click, or WebKit refuses it. */
async function write(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === "string") {
      await navigator.clipboard.writeText(text);
    } else {
      const blob = text.then((made) => new Blob([made], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    }
    return true;
  } catch {
    return false;
  }
}
