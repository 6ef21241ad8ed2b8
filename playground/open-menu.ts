import type { Fleet } from "./answer.js";
import { byId, h, s } from "./dom.js";
import type { Draft } from "./drafts.js";
import type { Example } from "./examples.js";

export interface OpenActions {
  readonly open: (example: Example) => void;
  readonly resume: (draft: Draft) => void;
  /** The fleet of an example, for its picture. */
  readonly fleetOf: (example: Example) => Promise<Fleet | undefined>;
  readonly recent: () => readonly Draft[];
}

/** Fills the menu each time it is opened: examples with their pictures, then recent inventories. */
export function watchOpenMenu(examples: readonly Example[], actions: OpenActions): void {
  const menu = byId("open");
  const pictures = new Map<Example, Promise<Element>>();
  menu.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") {
      menu.replaceChildren(...sections());
    }
  });

  function sections(): readonly HTMLElement[] {
    const recent = actions.recent();
    return [
      h("h2", {}, "Examples"),
      h("div", { class: "examples" }, ...examples.map(offerExample)),
      ...(recent.length === 0
        ? []
        : [h("h2", {}, "Recent, in this browser"), h("div", {}, ...recent.map(offerDraft))]),
    ];
  }

  function offerExample(example: Example): HTMLElement {
    const picture = pictures.get(example) ?? drawPicture(example, actions);
    pictures.set(example, picture);
    const frame = h("span", { class: "picture" });
    void picture.then((drawn) => frame.replaceChildren(drawn));
    return h(
      "button",
      { type: "button", click: () => (menu.hidePopover(), actions.open(example)) },
      frame,
      h(
        "span",
        { class: "words" },
        h("span", { class: "title" }, example.title),
        h("small", {}, example.about),
      ),
    );
  }

  function offerDraft(draft: Draft): HTMLElement {
    return h(
      "button",
      { type: "button", click: () => (menu.hidePopover(), actions.resume(draft)) },
      h("span", { class: "title" }, draft.title),
      h("small", {}, new Date(draft.time).toLocaleString()),
    );
  }
}

const size = { width: 72, height: 46 };

/** The matrix of machines and instances, small. */
async function drawPicture(example: Example, { fleetOf }: OpenActions): Promise<Element> {
  const { machines = [] } = (await fleetOf(example).catch(() => undefined)) ?? {};
  const instances = [
    ...new Set(machines.flatMap(({ roles }) => roles.map(({ instance }) => instance))),
  ];
  const [rows, columns] = [Math.max(machines.length, 1), Math.max(instances.length, 1)];
  const [height, width] = [size.height / rows, size.width / columns];
  const cells = machines.flatMap(({ roles }, row) =>
    roles.map(({ instance, byName }) =>
      s("rect", {
        class: byName ? "named" : undefined,
        x: instances.indexOf(instance) * width + width * 0.1,
        y: row * height + height * 0.1,
        width: width * 0.8,
        height: height * 0.8,
      }),
    ),
  );
  return s(
    "svg",
    { viewBox: `0 0 ${size.width} ${size.height}`, ...size, "aria-hidden": "true" },
    ...cells,
  );
}
