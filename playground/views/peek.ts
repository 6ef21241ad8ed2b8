import type { Question } from "../answer.js";
import { h } from "../dom.js";
import type { FleetActions } from "./fleet.js";

/** One listener for all cells: a click chooses, a pointer that rests shows the settings. */
export function watchCells(table: HTMLElement, { choose, settingsOf }: FleetActions): void {
  const buttonAt = (target: EventTarget | null) =>
    (target as Element | null)?.closest<HTMLElement>("[data-machine]") ?? undefined;
  table.addEventListener("click", ({ target }) => {
    const button = buttonAt(target);
    if (button !== undefined) {
      choose(questionOf(button));
    }
  });
  const peek = h("div", { class: "peek", role: "tooltip", hidden: true });
  table.after(peek);
  let shown: HTMLElement | undefined;
  const show = async (target: EventTarget | null) => {
    const button = buttonAt(target);
    if (button === shown) {
      return;
    }
    shown = button;
    peek.hidden = true;
    const question = button && questionOf(button);
    if (button === undefined || question === undefined || question.instance === "") {
      return;
    }
    const lines = await settingsOf(question);
    if (button === shown) {
      peek.replaceChildren(...lines.map((line) => h("div", {}, line)));
      peek.hidden = lines.length === 0;
      place(peek, button);
    }
  };
  table.addEventListener("pointerover", ({ target }) => void show(target));
  table.addEventListener("focusin", ({ target }) => void show(target));
  table.addEventListener("pointerleave", () => void show(null));
  table.addEventListener("focusout", () => void show(null));
  table.addEventListener("scroll", () => void show(null));
}

/** What a cell asks about, or a machine's name, which names no instance. */
function questionOf({ dataset }: HTMLElement): Question {
  return { machine: dataset["machine"]!, instance: dataset["instance"]! };
}

/** Below the button, or above it where there is no room. */
function place(box: HTMLElement, button: Element): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  box.style.top = `${bottom + height + 8 > innerHeight ? top - height - 4 : bottom + 4}px`;
}
