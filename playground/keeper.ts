import { byId, h } from "./dom.js";
import type { Drafts, Kept } from "./drafts.js";
import { notify } from "./notice.js";
import type { State } from "./state.js";

/** Keeps what is on the page soon after it changes, and says so where it cannot. */
export class Keeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last: Kept = "kept";

  constructor(
    readonly drafts: Drafts,
    private readonly content: () => { readonly state: State; readonly title: string },
  ) {
    addEventListener("pagehide", () => this.keep());
  }

  keepSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 300);
  }

  /** Keeps what changed since the last time. */
  keep(): void {
    if (this.timer === undefined) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    const { state, title } = this.content();
    const kept = this.drafts.save(state, title);
    if (kept !== "kept" && kept !== this.last) {
      const why = kept === "full" ? "has no room left" : "does not let the page";
      const what = kept === "full" ? "for your inventory" : "keep your inventory";
      notify(
        `This browser ${why} ${what}. It stays here until you leave the page: export it.`,
        h("button", { type: "button", click: () => byId("export").click() }, "Export"),
        "error",
      );
    }
    this.last = kept;
  }
}
