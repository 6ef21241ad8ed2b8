import { byId, h } from "./dom.js";

export type NoticeKind = "calm" | "error";

/**
 * Says something above the results, with what can be done about it; answers how to take it back, if
 * nothing else was said since.
 */
export function notify(text: string, action?: HTMLElement, kind: NoticeKind = "calm"): () => void {
  const notice = byId("notice");
  const close = h(
    "button",
    { type: "button", class: "close", "aria-label": "Close", click: () => (notice.hidden = true) },
    "×",
  );
  notice.className = `notice ${kind}`;
  notice.replaceChildren(h("span", {}, text), ...(action ? [action] : []), close);
  notice.hidden = false;
  return () => {
    if (notice.contains(close)) {
      notice.hidden = true;
    }
  };
}
