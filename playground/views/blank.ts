import { h } from "../dom.js";

/** What stands where there is nothing to show: one sentence, one more, and what to do. */
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
