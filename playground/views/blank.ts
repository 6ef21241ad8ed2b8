import { h } from "../dom.js";

/** Shown in place of content: a headline, a sentence, and what to do. */
export function blank(
  title: string,
  text: string,
  ...actions: readonly HTMLElement[]
): HTMLElement {
  return h(
    "div",
    { class: "blank" },
    h("h2", {}, title),
    h("p", {}, text),
    actions.length > 0 && h("p", { class: "actions" }, ...actions),
  );
}
