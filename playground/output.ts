import type { Extension } from "@codemirror/state";
import type { Path } from "../src/index.js";
import { writePath } from "../src/model/setting-path.js";
import { h } from "./dom.js";
import { download } from "./download.js";
import { createViewer, type Stretch, type Viewer } from "./editor/editor.js";
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
  let viewer: Viewer | undefined;
  const copy = h(
    "button",
    { type: "button", class: "taking", click: () => void copyText(copy, text) },
    "Copy",
  );
  const save = h(
    "button",
    {
      type: "button",
      class: "taking",
      click: () => download(name, new Blob([text], { type: "text/plain" })),
    },
    "Download",
  );
  const host = h("div", { class: "viewer" });
  panel.replaceChildren(h("div", { class: "floating" }, copy, save), host);
  // Made when it is first needed: what the page can do without at first comes later.
  const create = () =>
    createViewer(host, name, language, (offset) =>
      point(focusOfLine(paths[text.slice(0, offset).split("\n").length - 1] ?? [], paths)),
    );
  return {
    show(next) {
      if (text !== next) {
        text = next;
        paths = linePaths(next);
      }
      viewer ??= create();
      viewer.show(next);
    },
    light({ tag, ...member }) {
      // Where members are listed by name, the tags that made them so are gone.
      const focus = member.instance === undefined ? { ...member, tag } : member;
      const stretches: Stretch[] = [];
      let at = 0;
      for (const [index, line] of text.split("\n").entries()) {
        const path = paths[index] ?? [];
        if (isLine(path, focus) || isTagOfMachine(path, line, focus)) {
          stretches.push({ from: at + /^ */.exec(line)![0].length, to: at + line.length });
        }
        at += line.length + 1;
      }
      viewer?.lightUp(stretches);
    },
  };
}

/** What a line is about; what members share is bound to the names of their instance and role. */
function focusOfLine(path: Path, paths: readonly Path[]): Focus {
  const [binding, ...setting] = path;
  const member = paths.find(
    ([part, instance, roles, role]) =>
      part === "instances" && roles === "roles" && `${instance}-${role}` === binding,
  );
  return member === undefined
    ? focusOf(path)
    : focusOf([...member.slice(0, 4), ...(setting.length > 0 ? ["settings", ...setting] : [])]);
}

/** Whether a line of the tags of a machine has the tag that the focus is on. */
function isTagOfMachine([part, , tags]: Path, line: string, { instance, tag }: Focus): boolean {
  return (
    instance === undefined &&
    tag !== undefined &&
    part === "machines" &&
    tags === "tags" &&
    line.split(/[\s"[\],;]+/).includes(tag)
  );
}

/** Whether a line is about the focus; what members share is bound once, named after the role. */
function isLine(path: Path, focus: Focus): boolean {
  const { instance, role, setting } = focus;
  const [binding, ...rest] = path;
  return binding === `${instance}-${role}`
    ? setting === undefined || isLit({ setting }, { setting: writePath(rest) })
    : isLit(focus, focusOf(path));
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
