import { count, h } from "../dom.js";
import type { FleetMachine, FleetRole } from "../engine.js";
import { blank } from "./blank.js";

export interface MachinesView {
  show(fleet: readonly FleetMachine[]): void;
}

/** Machines by instances, with roles in the cells. */
export function createMachinesView(
  panel: HTMLElement,
  explain: (machine: string, instance: string) => void,
): MachinesView {
  const chosen = new Set<string>();
  let fleet: readonly FleetMachine[] = [];
  let limit = pageSize;

  const search = h("input", {
    type: "search",
    placeholder: "Filter by name",
    "aria-label": "Filter machines by name",
    input: () => ((limit = pageSize), draw()),
  });
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Filter machines by tag" });
  const total = h("output", { class: "total" });
  const legend = h(
    "span",
    { class: "legend" },
    h("span", { class: "role named" }, "role"),
    " by name ",
    h("span", { class: "role" }, "role"),
    " by tag",
  );
  const table = h("div", {
    class: "matrix",
    tabindex: "0",
    role: "region",
    "aria-label": "Machines and instances",
  });
  panel.replaceChildren(h("div", { class: "filters" }, search, total, legend, chips), table);

  function draw(): void {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = fleet.filter(
      ({ name, tags }) =>
        words.every((word) => name.toLowerCase().includes(word)) &&
        [...chosen].every((tag) => tags.includes(tag)),
    );
    total.textContent =
      matching.length === fleet.length
        ? count(fleet.length, "machine")
        : `${matching.length.toLocaleString("en")} of ${count(fleet.length, "machine")}`;
    drawChips();
    if (fleet.length === 0) {
      return table.replaceChildren(
        blank("No machines yet", "Add one under “machines:” to see it here."),
      );
    }
    if (matching.length === 0) {
      return table.replaceChildren(
        blank("No machine matches", "Remove a tag, or type another name."),
      );
    }
    table.replaceChildren(drawTable(matching.slice(0, limit), fleet, explain));
    if (matching.length > limit) {
      table.append(
        h(
          "button",
          { type: "button", class: "more", click: () => ((limit += pageSize), draw()) },
          `Show ${Math.min(pageSize, matching.length - limit)} more`,
        ),
      );
    }
  }

  function drawChips(): void {
    const counts = new Map<string, number>();
    for (const tag of fleet.flatMap(({ tags }) => tags)) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    for (const tag of chosen) {
      if (!counts.has(tag)) chosen.delete(tag);
    }
    const telling = [...counts]
      .filter(([tag, number]) => number < fleet.length || chosen.has(tag))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, 40);
    const focused = (panel.ownerDocument.activeElement as HTMLElement | null)?.dataset["tag"];
    chips.replaceChildren(
      ...telling.map(([tag, number]) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "data-tag": tag,
            "aria-pressed": String(chosen.has(tag)),
            click: () => toggle(tag),
          },
          tag,
          h("span", { class: "number" }, String(number)),
        ),
      ),
    );
    if (focused !== undefined) {
      chips.querySelector<HTMLElement>(`[data-tag=${CSS.escape(focused)}]`)?.focus();
    }
  }

  function toggle(tag: string): void {
    if (!chosen.delete(tag)) {
      chosen.add(tag);
    }
    limit = pageSize;
    draw();
  }

  return {
    show(next) {
      fleet = next;
      draw();
    },
  };
}

/** This many rows are drawn at once. */
const pageSize = 250;

function drawTable(
  machines: readonly FleetMachine[],
  fleet: readonly FleetMachine[],
  explain: (machine: string, instance: string) => void,
): HTMLElement {
  const instances = new Map(
    fleet
      .flatMap(({ roles }) => roles.map(({ instance, module }) => [instance, module] as const))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  const heads = [...instances].map(([instance, module]) =>
    h(
      "th",
      { scope: "col" },
      h("span", { class: "instance" }, instance),
      instance !== module && h("span", { class: "module" }, module),
    ),
  );
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "corner" }, "Machine"), ...heads)),
    h("tbody", {}, ...machines.map((machine) => drawRow(machine, [...instances.keys()], explain))),
  );
}

function drawRow(
  machine: FleetMachine,
  instances: readonly string[],
  explain: (machine: string, instance: string) => void,
): HTMLElement {
  const byInstance = Map.groupBy(machine.roles, ({ instance }) => instance);
  const title = machine.tags.length > 0 ? `tags: ${machine.tags.join(", ")}` : undefined;
  const name = h(
    "button",
    { type: "button", title, click: () => explain(machine.name, "") },
    machine.name,
    machine.class === "darwin" && h("span", { class: "class" }, "darwin"),
  );
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    ...instances.map((instance) =>
      drawCell(machine.name, instance, byInstance.get(instance) ?? [], explain),
    ),
  );
}

function drawCell(
  machine: string,
  instance: string,
  roles: readonly FleetRole[],
  explain: (machine: string, instance: string) => void,
): HTMLElement {
  if (roles.length === 0) {
    return h("td");
  }
  const label = roles.map((role) => role.role).join(" ");
  const why = roles.map((role) => `${role.role}: ${throughOf(role)}`).join("\n");
  const button = h(
    "button",
    {
      type: "button",
      title: why,
      "aria-label": `${label}: explain ${machine} in ${instance}`,
      click: () => explain(machine, instance),
    },
    ...roles.flatMap(({ role, byName }) => [
      h("span", { class: byName ? "role named" : "role" }, role),
      " ",
    ]),
  );
  return h("td", {}, button);
}

function throughOf({ byName, byTags }: FleetRole): string {
  return [...(byName ? ["by its name"] : []), ...byTags.map((tag) => `by its tag ${tag}`)].join(
    ", ",
  );
}
