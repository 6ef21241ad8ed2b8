import { byId, h } from "./dom.js";

export type NoticeKind = "calm" | "error";

/** Says something above the results, with what can be done about it. */
export function notify(text: string, action?: HTMLElement, kind: NoticeKind = "calm"): void {
  const notice = byId("notice");
  const close = h(
    "button",
    { type: "button", class: "close", "aria-label": "Close", click: hideNotice },
    "×",
  );
  notice.className = `notice ${kind}`;
  notice.replaceChildren(h("span", {}, text), ...(action ? [action] : []), close);
  notice.hidden = false;
}

export function hideNotice(): void {
  byId("notice").hidden = true;
}
