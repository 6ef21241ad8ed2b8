import type { FleetMachine, FleetRole, Question } from "../answer.js";
import { h } from "../dom.js";

export interface Matrix {
  readonly machines: readonly FleetMachine[];
  readonly instances: readonly Instance[];
  readonly question: Question;
}

export interface Instance {
  readonly name: string;
  readonly module: string;
}

/** `m9` before `m10` */
export const natural = new Intl.Collator("en", { numeric: true });

/** The instances that machines have roles in, by name. */
export function instancesOf(fleet: readonly FleetMachine[]): readonly Instance[] {
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

/** Machines below each other. */
export function drawTable({ machines, instances, question }: Matrix): HTMLElement {
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

/** Machines beside each other. */
export function drawTurned({ machines, instances, question }: Matrix): HTMLElement {
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
