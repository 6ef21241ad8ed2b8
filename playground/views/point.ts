import type { Focus } from "../focus.js";

/** Tells what the pointer, or the keyboard's focus, is on in a part of the page. */
export function pointFrom(
  part: HTMLElement,
  focusOf: (target: Element) => Focus,
  point: (focus: Focus) => void,
): void {
  let last = "{}";
  const tell = (focus: Focus) => {
    const next = JSON.stringify(focus);
    if (next !== last) {
      last = next;
      point(focus);
    }
  };
  part.addEventListener("pointerover", ({ target }) => tell(focusOf(target as Element)));
  part.addEventListener("focusin", ({ target }) => tell(focusOf(target as Element)));
  part.addEventListener("pointerleave", () => tell({}));
}
