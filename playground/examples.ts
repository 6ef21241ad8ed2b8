import { byId, h } from "./dom.js";
import type { File, Options } from "./state.js";

export interface Example {
  readonly title: string;
  readonly about: string;
  readonly files: readonly File[];
  readonly options?: Partial<Options>;
}

export async function loadExamples(): Promise<readonly Example[]> {
  return (await fetch("examples.json")).json() as Promise<readonly Example[]>;
}

/** Fills the menu of examples. */
export function offerExamples(
  examples: readonly Example[],
  open: (example: Example) => void,
): void {
  const menu = byId("examples");
  const choose = (example: Example) => {
    menu.hidePopover();
    open(example);
  };
  menu.replaceChildren(
    ...examples.map((example) =>
      h(
        "button",
        { type: "button", click: () => choose(example) },
        h("span", {}, example.title),
        h("small", {}, example.about),
      ),
    ),
  );
}
