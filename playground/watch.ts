import { byId } from "./dom.js";
import { watchDivider, watchDrop, watchTheme } from "./frame.js";
import { readDrop, readFiles } from "./import.js";
import type { Place } from "./navigation.js";
import { watchOptions } from "./options.js";
import type { ShareKind } from "./sharing.js";
import { narrow, type Side } from "./sides.js";
import type { File, Options, View } from "./state.js";
import { watchTabs } from "./tabs.js";

/** What the controls around the editor do. */
export interface PageActions {
  readonly setOptions: (options: Partial<Options>) => void;
  readonly showSide: (side: Side) => void;
  readonly showView: (view: View | "source") => void;
  readonly take: (files: readonly File[]) => void;
  readonly addFile: () => void;
  readonly export: () => void;
  readonly share: (button: HTMLElement, how: ShareKind) => void;
  readonly wrap: (isOn: boolean) => void;
  readonly reset: () => void;
  readonly compileNow: () => void;
  /** Back or forward led to this place. */
  readonly comeTo: (place: Place) => void;
  /** Another link was opened. */
  readonly comeToAddress: () => void;
}

/** Connects the controls of the page. */
export function watchPage(actions: PageActions): void {
  watchTheme();
  watchDivider();
  watchDrop((transfer) => void readDrop(transfer).then(actions.take));
  watchOptions((options) => actions.setOptions(options));
  watchTabs(byId("files"));
  watchTabs(byId("views"));
  watchViews(actions);
  watchPicker(actions);
  watchKeys(actions);
  onClick("add-file", () => actions.addFile());
  onClick("export", () => actions.export());
  onClick("reset", () => actions.reset());
  for (const how of ["link", "view", "markdown", "report"] as const) {
    onClick(`share-${how}`, (button) => actions.share(button, how));
  }
  byId("wrap").addEventListener("change", ({ target }) =>
    actions.wrap((target as HTMLInputElement).checked),
  );
  onClick("edit", () => {
    document.body.classList.remove("view-only");
    actions.showSide("source");
  });
  addEventListener("hashchange", () => actions.comeToAddress());
  addEventListener("popstate", ({ state }: PopStateEvent) => {
    if (state !== null) {
      actions.comeTo(state as Place);
    }
  });
}

function onClick(id: string, click: (button: HTMLElement) => void): void {
  const button = byId(id);
  button.addEventListener("click", () => click(button));
}

function watchViews({ showSide, showView }: PageActions): void {
  matchMedia(narrow).addEventListener("change", () => showSide("source"));
  for (const tab of byId("views").querySelectorAll<HTMLElement>("[role=tab]")) {
    const { view } = tab.dataset;
    tab.addEventListener("click", () => showView(view as View | "source"));
  }
}

function watchPicker({ take }: PageActions): void {
  const picker = byId<HTMLInputElement>("picker");
  byId("import").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    void readFiles([...picker.files!]).then(take);
    picker.value = "";
  });
}

function watchKeys({ compileNow }: PageActions): void {
  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const key of document.querySelectorAll<HTMLElement>("kbd")) {
      key.textContent = key.dataset["mac"] ?? (key.textContent === "Ctrl" ? "⌘" : key.textContent);
    }
  }
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
        compileNow();
      }
    },
    { capture: true },
  );
}
