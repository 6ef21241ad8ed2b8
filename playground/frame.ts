import { byId } from "./dom.js";

/** Lets the divider be moved by pointer and by arrow keys. */
export function watchDivider(): void {
  const divider = byId("divider");
  const split = byId("split");
  const move = (percent: number) => {
    const left = Math.round(Math.min(75, Math.max(25, percent)));
    divider.ariaValueNow = String(left);
    split.style.setProperty("--left", `${left}fr`);
    split.style.setProperty("--right", `${100 - left}fr`);
  };
  divider.addEventListener("pointerdown", ({ pointerId }) => divider.setPointerCapture(pointerId));
  divider.addEventListener("pointermove", ({ pointerId, clientX }) => {
    if (divider.hasPointerCapture(pointerId)) {
      move((100 * clientX) / innerWidth);
    }
  });
  divider.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -2, ArrowRight: 2 }[key];
    if (step !== undefined) {
      move(Number(divider.ariaValueNow) + step);
    }
  });
}

/**
 * Lets the theme be chosen, and remembers it; `theme.ts` applies it before the next first paint.
 */
export function watchTheme(): void {
  const root = document.documentElement;
  for (const radio of byId("theme").querySelectorAll("input")) {
    radio.checked = radio.value === (root.dataset["theme"] ?? "auto");
    radio.addEventListener("change", () => {
      if (radio.value === "auto") {
        delete root.dataset["theme"];
      } else {
        root.dataset["theme"] = radio.value;
      }
      try {
        localStorage.setItem("inventory2nix/theme", radio.value);
      } catch {
        // It lasts until the page is left.
      }
    });
  }
}

/** Lets files be dropped anywhere; the curtain shows it. */
export function watchDrop(take: (transfer: DataTransfer) => void): void {
  const curtain = byId("drop");
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) {
      return;
    }
    event.preventDefault();
    curtain.hidden = false;
  });
  addEventListener("dragleave", ({ relatedTarget }) => (curtain.hidden ||= relatedTarget === null));
  addEventListener(
    "drop",
    (event) => {
      curtain.hidden = true;
      if (!hasFiles(event)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      take(event.dataTransfer!);
    },
    { capture: true },
  );
}
