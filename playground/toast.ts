import { byId, h } from "./dom.js";

/** How long a toast stays, in milliseconds; while it is pointed at or focused, it does not go. */
const stay = 10_000;

/** Says what was done, and offers to undo it. */
export function toast(text: string, undo?: () => void): void {
  const box = byId("toast");
  const close = () => {
    box.hidden = true;
    clearTimeout(Number(box.dataset["timer"]));
  };
  const button = undo && h("button", { type: "button", click: () => (close(), undo()) }, "Undo");
  box.replaceChildren(h("span", {}, text), ...(button ? [button] : []));
  box.hidden = false;
  const wait = () => {
    clearTimeout(Number(box.dataset["timer"]));
    box.dataset["timer"] = String(
      setTimeout(() => (box.matches(":hover, :focus-within") ? wait() : close()), stay),
    );
  };
  wait();
}
