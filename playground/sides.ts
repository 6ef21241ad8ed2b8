import { byId } from "./dom.js";
import type { View } from "./state.js";
import { markTab } from "./tabs.js";

export type Side = "source" | "result";

/** So narrow that the page shows one half at a time. */
export const narrow = "(max-width: 719px)";

/** Shows the panel of a view. */
export function showView(view: View): void {
  for (const panel of document.querySelectorAll<HTMLElement>(".panel")) {
    panel.hidden = panel.id !== `panel-${view}`;
  }
  showSide(shownSide(), view);
}

/** On narrow screens, shows one half. */
export function showSide(side: Side, view: View): void {
  byId("split").dataset["shown"] = side;
  const isSource = side === "source" && matchMedia(narrow).matches;
  markTab(byId("views"), ({ dataset }) => dataset["view"] === (isSource ? "source" : view));
}

export function shownSide(): Side {
  return byId("split").dataset["shown"] === "source" ? "source" : "result";
}
