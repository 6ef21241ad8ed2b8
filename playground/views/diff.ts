import { count, h } from "../dom.js";
import type { ShownChange, ShownDifference, ShownMachineDifference } from "../engine.js";
import { blank } from "./blank.js";

/** What machines get now that they did not get in the version that was kept. */
export function drawDifference({ meta, added, removed, changed, unchanged, redeploy, neighbours }: ShownDifference, explain: (machine: string) => void): readonly Node[] {
  if (meta.length + added.length + removed.length + changed.length === 0) {
    return [blank("Nothing changes", "Every machine gets what it got in the kept version. Edit the inventory, and see here what has to be deployed again.")];
  }
  const names = (machines: readonly string[]) => machines.map((name) => h("button", { type: "button", class: "machine", click: () => explain(name) }, name));
  return [
    h(
      "dl",
      { class: "tally" },
      ...([["added", added.length], ["removed", removed.length], ["changed", changed.length], ["unchanged", unchanged]] as const).flatMap(([label, number]) => [
        h("div", { class: number === 0 ? "none" : label }, h("dt", {}, label), h("dd", {}, number.toLocaleString("en"))),
      ]),
    ),
    ...(redeploy.length > 0 ? [h("h3", {}, `To deploy: ${count(redeploy.length, "machine")}`), h("p", { class: "names" }, ...names(redeploy))] : []),
    ...(neighbours.length > 0
      ? [h("h3", {}, "Perhaps too"), h("p", { class: "source-of" }, "They share an instance with what changes, and services let members see each other."), h("p", { class: "names" }, ...names(neighbours))]
      : []),
    ...(meta.length > 0 ? [h("h3", {}, "The clan itself"), ...meta.map(drawChange)] : []),
    ...(removed.length > 0 ? [h("h3", {}, "Removed"), h("p", { class: "names" }, ...removed.map((name) => h("span", { class: "machine gone" }, name)))] : []),
    ...alike(changed).map((machines) => drawMachines(machines)),
  ];
}

/** Machines that change in the same way stand together. */
function alike(changed: readonly ShownMachineDifference[]): readonly (readonly ShownMachineDifference[])[] {
  return [...Map.groupBy(changed, ({ machine, ...difference }) => JSON.stringify(difference)).values()];
}

function drawMachines(machines: readonly ShownMachineDifference[]): HTMLElement {
  const { fields, gained, lost, roles, tags } = machines[0]!;
  return h(
    "section",
    { class: "membership" },
    h("h3", {}, machines.map(({ machine }) => machine).join(", ")),
    ...fields.map(drawChange),
    ...gained.map((role) => h("div", { class: "change" }, h("ins", {}, role))),
    ...lost.map((role) => h("div", { class: "change" }, h("del", {}, role))),
    ...roles.flatMap(({ role, changes }) => [h("h4", {}, role), ...changes.map(drawChange)]),
    tags.gained.length + tags.lost.length > 0 &&
      h("p", { class: "source-of" }, "Tags: ", [...tags.gained.map((tag) => `+${tag}`), ...tags.lost.map((tag) => `−${tag}`)].join(" ")),
  );
}

function drawChange({ path, before, after }: ShownChange): HTMLElement {
  return h("div", { class: "change" }, h("code", { class: "path" }, path), before !== undefined && h("del", {}, before), after !== undefined && h("ins", {}, after));
}
