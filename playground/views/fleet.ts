import type { Fleet, FleetMachine, Question } from "../answer.js";
import { count, h } from "../dom.js";
import { type Focus, isLit } from "../focus.js";
import { blank } from "./blank.js";
import { drawTable, drawTurned, instancesOf, natural } from "./matrix.js";
import { watchCells } from "./peek.js";
import { pointFrom } from "./point.js";

export interface FleetView {
  show(fleet: Fleet, question: Question): void;
  /** Lights up what the cursor is on. */
  light(focus: Focus): void;
}

export interface FleetActions {
  /** A machine, or a cell, was chosen. */
  readonly choose: (question: Question) => void;
  /** The pointer is on a machine or a cell; or on none. */
  readonly point: (focus: Focus) => void;
  /** The settings of a cell, each as a line. */
  readonly settingsOf: (question: Question) => Promise<readonly string[]>;
}

/** Machines by instances, with roles in the cells. */
export function createFleetView(panel: HTMLElement, actions: FleetActions): FleetView {
  const chosenTags = new Set<string>();
  let fleet: readonly FleetMachine[] = [];
  let question: Question = { machine: "", instance: "" };
  let limit = pageSize;

  const redraw = () => ((limit = pageSize), draw());
  const search = h("input", {
    type: "search",
    placeholder: "Machines",
    "aria-label": "Filter machines by name",
    input: redraw,
  });
  const instances = h("input", {
    type: "search",
    placeholder: "Instances",
    "aria-label": "Filter instances by name",
    input: redraw,
  });
  const order = h(
    "select",
    { "aria-label": "Order of machines", change: redraw },
    h("option", { value: "declared" }, "as declared"),
    h("option", { value: "natural" }, "by name"),
  );
  const turn = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-pressed": "false",
      title: "Machines as columns",
      click: () => ((turn.ariaPressed = String(turn.ariaPressed !== "true")), draw()),
    },
    "Transpose",
  );
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
  panel.replaceChildren(
    h("div", { class: "filters" }, search, instances, order, turn, total, chips, legend),
    table,
  );
  watchCells(table, actions);
  pointFrom(table, focusInTable, actions.point);
  pointFrom(chips, focusOfChip, actions.point);

  function draw(): void {
    const machines = sorted(
      fleet.filter(
        ({ name, tags }) =>
          holds(name, search.value) && [...chosenTags].every((tag) => tags.includes(tag)),
      ),
      order.value === "natural",
    );
    total.textContent =
      machines.length === fleet.length
        ? count(fleet.length, "machine")
        : `${machines.length.toLocaleString("en")} of ${count(fleet.length, "machine")}`;
    drawChips();
    if (fleet.length === 0) {
      return table.replaceChildren(
        blank("No machines yet", "Add one under “machines:” to see it here."),
      );
    }
    if (machines.length === 0) {
      return table.replaceChildren(
        blank("No machine matches", "Remove a tag, or type another name."),
      );
    }
    const shown = instancesOf(fleet).filter(({ name }) => holds(name, instances.value));
    const matrix = { machines: machines.slice(0, limit), instances: shown, question };
    table.replaceChildren(turn.ariaPressed === "true" ? drawTurned(matrix) : drawTable(matrix));
    if (machines.length > limit) {
      table.append(
        h(
          "button",
          { type: "button", class: "more", click: () => ((limit += pageSize), draw()) },
          `Show ${Math.min(pageSize, machines.length - limit)} more`,
        ),
      );
    }
  }

  function drawChips(): void {
    const counts = new Map<string, number>();
    for (const tag of fleet.flatMap(({ tags }) => tags)) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    for (const tag of chosenTags) {
      if (!counts.has(tag)) chosenTags.delete(tag);
    }
    const telling = [...counts]
      .filter(([tag, number]) => number < fleet.length || chosenTags.has(tag))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, maxChips);
    const focused = (panel.ownerDocument.activeElement as HTMLElement | null)?.dataset["tag"];
    chips.replaceChildren(
      ...telling.map(([tag, number]) =>
        h(
          "button",
          {
            type: "button",
            class: "chip tag",
            "data-tag": tag,
            "aria-pressed": String(chosenTags.has(tag)),
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
    if (!chosenTags.delete(tag)) {
      chosenTags.add(tag);
    }
    redraw();
  }

  return {
    show(next, asked) {
      fleet = next.machines;
      question = asked;
      draw();
    },
    light(focus) {
      const { machine, tag, instance, role } = focus;
      for (const head of table.querySelectorAll<HTMLElement>("th [data-machine]")) {
        const { tags = [] } = fleet.find(({ name }) => name === head.dataset["machine"]) ?? {};
        const isOn = machine === undefined ? tag !== undefined && tags.includes(tag) : true;
        lit(head, isOn && (machine ?? head.dataset["machine"]) === head.dataset["machine"]);
      }
      for (const head of table.querySelectorAll<HTMLElement>("th .instance")) {
        lit(head, head.dataset["instance"] === instance);
      }
      for (const chip of chips.querySelectorAll<HTMLElement>(".chip")) {
        lit(chip, chip.dataset["tag"] === tag);
      }
      for (const cell of table.querySelectorAll<HTMLElement>("td .role")) {
        const own = cell.parentElement!.dataset;
        lit(
          cell,
          isLit(
            { machine, instance, role, tag },
            {
              machine: own["machine"],
              instance: own["instance"],
              role: cell.dataset["role"],
              tag: cell.dataset["tags"]!.split(" ").includes(tag ?? "") ? tag : undefined,
            },
          ),
        );
      }
    },
  };
}

/** What a part of the matrix is about: a machine, a cell or a role in it, or an instance. */
function focusInTable(target: Element): Focus {
  const { machine, instance } = target.closest<HTMLElement>("[data-machine]")?.dataset ?? {};
  const head = target.closest<HTMLElement>(".instance")?.dataset["instance"];
  const role = target.closest<HTMLElement>("[data-role]")?.dataset["role"];
  return { machine, instance: instance || head, role };
}

function focusOfChip(target: Element): Focus {
  return { tag: target.closest<HTMLElement>("[data-tag]")?.dataset["tag"] };
}

function lit(element: HTMLElement, isOn: boolean): void {
  element.classList.toggle("lit", isOn);
}

/** This many rows are drawn at once. */
const pageSize = 250;

const maxChips = 40;

/** Every word is a part of the name. */
function holds(name: string, words: string): boolean {
  const lower = name.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

function sorted(machines: readonly FleetMachine[], isNatural: boolean): readonly FleetMachine[] {
  return isNatural ? machines.toSorted((a, b) => natural.compare(a.name, b.name)) : machines;
}
