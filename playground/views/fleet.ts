import type { Fleet, FleetMachine, FleetRole, Question } from "../answer.js";
import { count, h } from "../dom.js";
import { type Focus, isLit } from "../focus.js";
import { blank } from "./blank.js";

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
    h("div", { class: "filters" }, search, instances, order, turn, total, legend, chips),
    table,
  );
  watchCells(table, actions);

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

function lit(element: HTMLElement, isOn: boolean): void {
  element.classList.toggle("lit", isOn);
}

/** This many rows are drawn at once. */
const pageSize = 250;

const maxChips = 40;

interface Matrix {
  readonly machines: readonly FleetMachine[];
  readonly instances: readonly Instance[];
  readonly question: Question;
}

interface Instance {
  readonly name: string;
  readonly module: string;
}

/** Every word is a part of the name. */
function holds(name: string, words: string): boolean {
  const lower = name.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

const natural = new Intl.Collator("en", { numeric: true });

function sorted(machines: readonly FleetMachine[], isNatural: boolean): readonly FleetMachine[] {
  return isNatural ? machines.toSorted((a, b) => natural.compare(a.name, b.name)) : machines;
}

function instancesOf(fleet: readonly FleetMachine[]): readonly Instance[] {
  const modules = new Map(
    fleet.flatMap(({ roles }) => roles.map(({ instance, module }) => [instance, module] as const)),
  );
  return [...modules]
    .map(([name, module]) => ({ name, module }))
    .sort((a, b) => natural.compare(a.name, b.name));
}

/** Many columns fit if their heads stand upright, and very many if cells are marks. */
function densityOf(columns: number): string | undefined {
  return columns > 20 ? "upright compact" : columns > 12 ? "upright" : undefined;
}

function drawTable({ machines, instances, question }: Matrix): HTMLElement {
  return h(
    "table",
    { class: densityOf(instances.length) },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", class: "corner" }, "Machine"),
        ...instances.map((instance) => h("th", { scope: "col" }, ...instanceHead(instance))),
      ),
    ),
    h(
      "tbody",
      {},
      ...machines.map((machine) =>
        h(
          "tr",
          { class: machine.name === question.machine ? "chosen" : undefined },
          h("th", { scope: "row" }, machineHead(machine)),
          ...cellsOf(machine, instances).map(([instance, roles]) =>
            drawCell(machine.name, instance.name, roles),
          ),
        ),
      ),
    ),
  );
}

function drawTurned({ machines, instances, question }: Matrix): HTMLElement {
  const cells = new Map(machines.map((machine) => [machine, new Map(cellsOf(machine, instances))]));
  return h(
    "table",
    { class: densityOf(machines.length) },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", class: "corner" }, "Instance"),
        ...machines.map((machine) =>
          h(
            "th",
            { scope: "col", class: machine.name === question.machine ? "chosen" : undefined },
            machineHead(machine),
          ),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      ...instances.map((instance) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, ...instanceHead(instance)),
          ...machines.map((machine) =>
            drawCell(machine.name, instance.name, cells.get(machine)!.get(instance)!),
          ),
        ),
      ),
    ),
  );
}

function cellsOf(
  { roles }: FleetMachine,
  instances: readonly Instance[],
): readonly (readonly [Instance, readonly FleetRole[]])[] {
  const byInstance = Map.groupBy(roles, ({ instance }) => instance);
  return instances.map((instance) => [instance, byInstance.get(instance.name) ?? []]);
}

function instanceHead({ name, module }: Instance): readonly HTMLElement[] {
  return [
    h("span", { class: "instance", "data-instance": name }, name),
    ...(name === module ? [] : [h("span", { class: "module" }, module)]),
  ];
}

function machineHead({ name, class: machineClass, tags }: FleetMachine): HTMLElement {
  const title = tags.length > 0 ? `tags: ${tags.join(", ")}` : undefined;
  return h(
    "button",
    { type: "button", title, class: "machine-name", "data-machine": name, "data-instance": "" },
    name,
    machineClass === "darwin" && h("span", { class: "class" }, "darwin"),
  );
}

function drawCell(machine: string, instance: string, roles: readonly FleetRole[]): HTMLElement {
  if (roles.length === 0) {
    return h("td");
  }
  const names = roles.map(({ role }) => role).join(" ");
  const why = roles.map((role) => throughOf(role)).join("; ");
  const button = h(
    "button",
    {
      type: "button",
      "data-machine": machine,
      "data-instance": instance,
      "aria-label": `${names} ${why}: explain ${machine} in ${instance}`,
    },
    ...roles.flatMap(({ role, byName, byTags }) => [
      h(
        "span",
        { class: byName ? "role named" : "role", "data-role": role, "data-tags": byTags.join(" ") },
        role,
      ),
      " ",
    ]),
  );
  return h("td", {}, button);
}

function throughOf({ byName, byTags }: Pick<FleetRole, "byName" | "byTags">): string {
  const tags = byTags.map((tag) => `by its tag ${tag}`);
  return [...(byName ? ["by its name"] : []), ...tags].join(", ");
}

/** One listener for all cells: a click chooses, a pointer that rests shows the settings. */
function watchCells(table: HTMLElement, { choose, point, settingsOf }: FleetActions): void {
  const questionAt = (target: EventTarget | null): Question | undefined => {
    const button = (target as Element | null)?.closest<HTMLElement>("[data-machine]");
    return button
      ? { machine: button.dataset["machine"]!, instance: button.dataset["instance"]! }
      : undefined;
  };
  table.addEventListener("click", ({ target }) => {
    const question = questionAt(target);
    if (question !== undefined) {
      choose(question);
    }
  });
  const peek = h("div", { class: "peek", role: "tooltip", hidden: true });
  table.after(peek);
  let shown: Element | undefined;
  const show = async (target: EventTarget | null) => {
    const question = questionAt(target);
    const button = (target as Element | null)?.closest("[data-machine]") ?? undefined;
    if (button === shown) {
      return;
    }
    shown = button;
    peek.hidden = true;
    point(question === undefined ? {} : { ...question, instance: question.instance || undefined });
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

/** Below the button, or above it where there is no room. */
function place(box: HTMLElement, button: Element): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  box.style.top = `${bottom + height + 8 > innerHeight ? top - height - 4 : bottom + 4}px`;
}
