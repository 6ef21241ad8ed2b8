import { byId, h } from "./dom.js";
import { remember, wasSeen } from "./seen.js";

const steps: readonly { readonly at: string; readonly text: string }[] = [
  {
    at: "problems",
    text: "Mistakes are found as you type, at their line. This one has a fix: choose “Fix”.",
  },
  {
    at: "matrix",
    text: "What every machine gets. Point at a cell for its settings; choose it to learn where each of them comes from.",
  },
  {
    at: "strip",
    text: "Change a setting, and this line says what changes, and what must be deployed.",
  },
];

/** Shows three places of the page to those who see it for the first time. */
export function offerTour(): void {
  if (wasSeen("tour")) {
    return;
  }
  showStep(0);
}

function showStep(index: number): void {
  const card = byId("tour");
  const step = steps[index];
  for (const lit of document.querySelectorAll(".toured")) {
    lit.classList.remove("toured");
  }
  card.hidden = step === undefined;
  if (step === undefined) {
    return remember("tour");
  }
  byId(step.at).classList.add("toured");
  const isLast = index === steps.length - 1;
  card.replaceChildren(
    h("p", {}, step.text),
    h(
      "div",
      { class: "actions" },
      h("span", { class: "total" }, `${index + 1} of ${steps.length}`),
      !isLast && h("button", { type: "button", click: () => showStep(steps.length) }, "Dismiss"),
      h(
        "button",
        { type: "button", class: "primary", click: () => showStep(index + 1) },
        isLast ? "Done" : "Next",
      ),
    ),
  );
}
