import type { Diagnostic } from "../../src/index.js";
import { count, h } from "../dom.js";
import type { Change, Difference, MachineDifference, RoleDifference, RoleName } from "../engine.js";
import { placeOf, summarize } from "../problems.js";
import { blank } from "./blank.js";
import { oneLine } from "./value.js";

/** What machines get now that they did not get in the version that was kept. */
export function drawDifference(
  { meta, added, removed, changed, unchanged, redeploy, neighbours }: Difference,
  explain: (machine: string) => void,
): readonly Node[] {
  if (meta.length + added.length + removed.length + changed.length === 0) {
    return [
      blank(
        "Nothing changes",
        "Every machine gets what it got in the kept version. Edit the inventory to see what must be deployed again.",
      ),
    ];
  }
  const names = (machines: readonly string[]) =>
    machines.map((name) =>
      h("button", { type: "button", class: "machine", click: () => explain(name) }, name),
    );
  return [
    h(
      "dl",
      { class: "tally" },
      ...(
        [
          ["added", added.length],
          ["removed", removed.length],
          ["changed", changed.length],
          ["unchanged", unchanged],
        ] as const
      ).flatMap(([label, number]) => [
        h(
          "div",
          { class: number === 0 ? "none" : label },
          h("dt", {}, label),
          h("dd", {}, number.toLocaleString("en")),
        ),
      ]),
    ),
    ...(redeploy.length > 0
      ? [
          h("h3", {}, `To deploy: ${count(redeploy.length, "machine")}`),
          h("p", { class: "names" }, ...names(redeploy)),
        ]
      : []),
    ...(neighbours.length > 0
      ? [
          h("h3", {}, "May also be affected"),
          h(
            "p",
            { class: "source-of" },
            "They share an instance with a machine that changes, and services let members see each other.",
          ),
          h("p", { class: "names" }, ...names(neighbours)),
        ]
      : []),
    ...(meta.length > 0 ? [h("h3", {}, "The clan itself"), ...meta.map(drawChange)] : []),
    ...(removed.length > 0
      ? [
          h("h3", {}, "Removed"),
          h(
            "p",
            { class: "names" },
            ...removed.map((name) => h("span", { class: "machine gone" }, name)),
          ),
        ]
      : []),
    ...alike(changed).map((machines) => drawMachines(machines)),
  ];
}

/** Shown in place of a difference if the kept version has errors; it names the first. */
export function blankForBroken(kept: readonly Diagnostic[]): HTMLElement {
  const { range, message } = kept.find(({ severity }) => severity === "error")!;
  return blank(
    "The kept version does not compile",
    `${summarize(kept)}, so there is nothing to compare with. First, in ${placeOf(range)}: ${message}`,
  );
}

/** Machines that change in the same way are grouped. */
function alike(changed: readonly MachineDifference[]): readonly (readonly MachineDifference[])[] {
  return [
    ...Map.groupBy(changed, ({ machine, ...difference }) => JSON.stringify(difference)).values(),
  ];
}

function drawMachines(machines: readonly MachineDifference[]): HTMLElement {
  const { fields, rolesGained, rolesLost, rolesChanged, tagsGained, tagsLost } = machines[0]!;
  const tags = [...tagsGained.map((tag) => `+${tag}`), ...tagsLost.map((tag) => `−${tag}`)];
  return h(
    "section",
    { class: "membership" },
    h("h3", {}, machines.map(({ machine }) => machine).join(", ")),
    ...fields.map(drawChange),
    ...rolesGained.map((role) => h("div", { class: "change" }, h("ins", {}, roleText(role)))),
    ...rolesLost.map((role) => h("div", { class: "change" }, h("del", {}, roleText(role)))),
    ...rolesChanged.flatMap((role) => [
      h("h4", {}, roleText(role)),
      ...changesOf(role).map(drawChange),
    ]),
    tags.length > 0 && h("p", { class: "source-of" }, "Tags: ", tags.join(" ")),
  );
}

function changesOf({ module, settings, extraModules }: RoleDifference): readonly Change[] {
  return [
    ...(module
      ? [
          {
            path: "module",
            before: `${module.before.input}.${module.before.name}`,
            after: `${module.after.input}.${module.after.name}`,
          },
        ]
      : []),
    ...settings,
    ...(extraModules
      ? [
          {
            path: "extraModules",
            before: extraModules.before.join(", "),
            after: extraModules.after.join(", "),
          },
        ]
      : []),
  ];
}

function roleText({ instance, role }: RoleName): string {
  return `${instance}.${role}`;
}

function drawChange({ path, before, after }: Change): HTMLElement {
  return h(
    "div",
    { class: "change" },
    h("code", { class: "path" }, path),
    before !== undefined && h("del", {}, oneLine(before)),
    after !== undefined && h("ins", {}, oneLine(after)),
  );
}
