import type { Diagnostic } from "../src/index.js";
import { byId, h } from "./dom.js";
import type { File } from "./state.js";
import { markTab } from "./tabs.js";

export interface FileActions {
  choose(index: number): void;
  rename(index: number, name: string): void;
  remove(index: number): void;
}

/** Draws the tabs of the files, with the number of errors in each. */
export function showFiles(
  files: readonly File[],
  active: number,
  diagnostics: readonly Diagnostic[],
  actions: FileActions,
): void {
  const list = byId("files");
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(
    ...files.map(({ name }, index) => {
      const errors = diagnostics.filter(
        ({ range, severity }) => severity === "error" && range.source === name,
      ).length;
      const badge =
        errors > 0 &&
        h(
          "span",
          { class: "badge" },
          String(errors),
          h("span", { class: "unseen" }, errors === 1 ? " error" : " errors"),
        );
      const tab = h(
        "button",
        {
          type: "button",
          role: "tab",
          title: tabHelp,
          "aria-controls": "editor",
          click: () => actions.choose(index),
          dblclick: () => rename(name, index, actions),
        },
        name,
        badge,
      );
      tab.addEventListener("keydown", ({ key }) => {
        if (key === "F2") {
          rename(name, index, actions);
        }
        if (key === "Delete" && files.length > 1) {
          actions.remove(index);
        }
      });
      return tab;
    }),
  );
  const chosen = list.children[active] as HTMLElement;
  markTab(list, (tab) => tab === chosen);
  if (hadFocus) {
    chosen.focus();
  }
}

const tabHelp = "Double-click or F2: rename; Delete: remove";

function rename(name: string, index: number, actions: FileActions): void {
  const next = prompt("Name of the file (empty to remove it)", name)?.trim();
  if (next === "") {
    actions.remove(index);
  } else if (next !== undefined && next !== name) {
    actions.rename(index, next);
  }
}
