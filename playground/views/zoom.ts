import { h } from "../dom.js";

/** How large a drawing is shown, and which part of it. */
export interface Zoom {
  readonly buttons: readonly HTMLElement[];
  /** A drawing took the place of another. */
  apply(): void;
  /** Shows all of it, no larger than it is. */
  fit(): void;
  /** Remembers the part that is shown; the answer shows it again. */
  keep(): () => void;
}

/** Lets a drawing in a box that scrolls be made smaller and larger: by buttons, `-`, `+`, `0`, and the wheel with Ctrl. */
export function createZoom(box: HTMLElement): Zoom {
  let scale = 1;
  const sizeOf = (svg: SVGSVGElement): readonly [number, number] => {
    const { width, height } = svg.viewBox.baseVal;
    return [width, height];
  };
  const apply = () => {
    const svg = box.querySelector("svg");
    if (svg === null) {
      return;
    }
    const [width, height] = sizeOf(svg);
    svg.setAttribute("width", String(width * scale));
    svg.setAttribute("height", String(height * scale));
  };
  /** What is in the middle of the box, or at a place in it, stays there. */
  const resize = (next: number, x = box.clientWidth / 2, y = box.clientHeight / 2) => {
    const before = scale;
    scale = Math.min(3, Math.max(0.2, next));
    const [left, top] = [box.scrollLeft + x, box.scrollTop + y];
    apply();
    box.scrollLeft = (left * scale) / before - x;
    box.scrollTop = (top * scale) / before - y;
  };
  const fit = () => {
    const svg = box.querySelector("svg");
    if (svg !== null) {
      const [width, height] = sizeOf(svg);
      resize(Math.min(1, (box.clientWidth - 40) / width, (box.clientHeight - 40) / height));
    }
  };
  box.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
    const next = { "-": scale / 1.25, "+": scale * 1.25, "=": scale * 1.25, "0": 1 }[key];
    if (next !== undefined && !ctrlKey && !metaKey) {
      resize(next);
    }
  });
  box.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        const { left, top } = box.getBoundingClientRect();
        resize(scale * Math.exp(-event.deltaY / 200), event.clientX - left, event.clientY - top);
      }
    },
    { passive: false },
  );
  const button = (text: string, label: string, click: () => void) =>
    h("button", { type: "button", class: "quiet", "aria-label": label, click }, text);
  return {
    buttons: [
      button("−", "Smaller", () => resize(scale / 1.25)),
      button("+", "Larger", () => resize(scale * 1.25)),
      button("Fit", "Fit", fit),
    ],
    apply,
    fit,
    keep() {
      const { scrollLeft, scrollTop } = box;
      const before = scale;
      return () => {
        scale = before;
        apply();
        box.scrollTo(scrollLeft, scrollTop);
      };
    },
  };
}
