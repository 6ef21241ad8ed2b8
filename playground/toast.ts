import { byId, h } from "./dom.js";
import { remember, wasSeen } from "./seen.js";

/** How long a toast stays, in milliseconds; while it is pointed at or focused, it does not go. */
const stay = 10_000;

let leaving: ReturnType<typeof setTimeout> | undefined;

/** Says what was done, and offers to undo it. */
export function toast(text: string, undo?: () => void): void {
  const box = byId("toast");
  const close = () => {
    box.hidden = true;
    clearTimeout(leaving);
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => (box.matches(":hover, :focus-within") ? leave() : close()), stay);
  };
  const button = undo && h("button", { type: "button", click: () => (close(), undo()) }, "Undo");
  box.replaceChildren(h("span", {}, text), ...(button ? [button] : []));
  box.hidden = false;
  leave();
}

/** Says something that is worth saying once. */
export function tellOnce(name: string, text: string): void {
  if (!wasSeen(name)) {
    remember(name);
    toast(text);
  }
}
