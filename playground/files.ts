import type { Diagnostic } from "../src/index.js";
import { byId, h } from "./dom.js";
import type { File } from "./state.js";
import { markTab } from "./tabs.js";

export interface FileActions {
  choose(index: number): void;
  rename(index: number, name: string): void;
  close(index: number): void;
}

/** Draws the tabs of the files, with the number of errors in each. */
export function showFiles(
  files: readonly File[],
  active: number,
  diagnostics: readonly Diagnostic[],
  actions: FileActions,
): void {
  const list = byId("files");
  if (list.querySelector("input") !== null) {
    return; // A name that is being typed stays.
  }
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(
    ...files.map((file, index) =>
      drawTab(file, errorsIn(file, diagnostics), index, files.length > 1, actions),
    ),
  );
  const chosen = list.querySelectorAll<HTMLElement>("[role=tab]")[active]!;
  markTab(list, (tab) => tab === chosen);
  if (hadFocus) {
    chosen.focus();
  }
}

function errorsIn({ name }: File, diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ range, severity }) => severity === "error" && range.source === name)
    .length;
}

function drawTab(
  { name }: File,
  errors: number,
  index: number,
  canClose: boolean,
  actions: FileActions,
): HTMLElement {
  const tab = h(
    "button",
    {
      type: "button",
      role: "tab",
      title: canClose ? "F2: rename; Delete: close" : "F2: rename",
      "aria-controls": "editor",
      click: () => actions.choose(index),
      dblclick: () => rename(),
    },
    name,
    errors > 0 &&
      h(
        "span",
        { class: "badge" },
        String(errors),
        h("span", { class: "unseen" }, errors === 1 ? " error" : " errors"),
      ),
  );
  const rename = () => editName(tab, name, (next) => actions.rename(index, next));
  tab.addEventListener("keydown", ({ key }) => {
    if (key === "F2") {
      rename();
    }
    if (key === "Delete" && canClose) {
      actions.close(index);
    }
  });
  const close =
    canClose &&
    h(
      "button",
      {
        type: "button",
        class: "close",
        tabindex: "-1",
        "aria-hidden": "true",
        title: `Close ${name}`,
        click: () => actions.close(index),
      },
      "×",
    );
  return h("span", { class: "file", role: "presentation" }, tab, close);
}

/** A field in place of the tab: Enter or leaving it takes the name, Escape does not. */
function editName(tab: HTMLElement, name: string, take: (name: string) => void): void {
  const field = h("input", { type: "text", class: "name", "aria-label": `New name of ${name}` });
  field.value = name;
  let isDone = false;
  const finish = (isTaken: boolean) => {
    if (isDone) {
      return;
    }
    isDone = true;
    const next = field.value.trim();
    field.replaceWith(tab);
    tab.focus();
    if (isTaken && next !== "" && next !== name) {
      take(next);
    }
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      finish(event.key === "Enter");
    }
  });
  field.addEventListener("blur", () => finish(true));
  tab.replaceWith(field);
  field.focus();
  const stem = name.lastIndexOf(".");
  field.setSelectionRange(0, stem > 0 ? stem : name.length);
}
