import type { Diagnostic } from "../../src/index.js";
import type { Change, Difference, MachineChanges } from "../answer.js";
import { count, h } from "../dom.js";
import { type Focus, isLit } from "../focus.js";
import { placeOf, summarize } from "../problems.js";
import { blank } from "./blank.js";

/** What machines get now that they did not get in the version that is compared with. */
export function drawDifference(
  { meta, added, removed, changed, unchanged, redeploy, neighbours }: Difference,
  explain: (machine: string) => void,
): readonly Node[] {
  const altered = changed.reduce((sum, { machines }) => sum + machines.length, 0);
  if (meta.length + added.length + removed.length + altered === 0) {
    return [
      blank(
        "Nothing changes",
        "Every machine gets what it got before. Edit the inventory to see what must be deployed again.",
      ),
    ];
  }
  const names = (machines: readonly string[]) =>
    h(
      "p",
      { class: "names" },
      ...machines.map((name) =>
        h("button", { type: "button", class: "machine", click: () => explain(name) }, name),
      ),
    );
  return [
    drawTally({ added: added.length, removed: removed.length, changed: altered, unchanged }),
    ...(redeploy.length > 0
      ? [h("h3", {}, `To deploy: ${count(redeploy.length, "machine")}`), names(redeploy)]
      : []),
    ...(neighbours.length > 0
      ? [
          h("h3", {}, "May also be affected"),
          h(
            "p",
            { class: "source-of" },
            "They share an instance with a machine that changes, and services let members see each other.",
          ),
          names(neighbours),
        ]
      : []),
    ...(meta.length > 0
      ? [h("h3", {}, "The clan itself"), ...meta.map((change) => drawChange(change))]
      : []),
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
    ...changed.map(drawMachines),
  ];
}

function drawTally(numbers: { readonly [label: string]: number }): HTMLElement {
  return h(
    "dl",
    { class: "tally" },
    ...Object.entries(numbers).map(([label, number]) =>
      h(
        "div",
        { class: number === 0 ? "none" : label },
        h("dt", {}, label),
        h("dd", {}, number.toLocaleString("en")),
      ),
    ),
  );
}

/** Shown in place of a difference if the other version has errors; it names the first. */
export function blankForBroken(errors: readonly Diagnostic[]): HTMLElement {
  const { range, message } = errors.find(({ severity }) => severity === "error")!;
  return blank(
    "The version before does not compile",
    `${summarize(errors)}, so there is nothing to compare with. First, in ${placeOf(range)}: ${message}`,
  );
}

function drawMachines(changes: MachineChanges): HTMLElement {
  const { machines, fields, rolesGained, rolesLost, rolesChanged } = changes;
  const tags = tagWords(changes);
  return h(
    "section",
    { class: "membership", "data-machines": JSON.stringify(machines) },
    h("h3", {}, machines.join(", ")),
    ...fields.map((change) => drawChange(change)),
    ...rolesGained.map((role) => drawRole(role, h("ins", {}, role))),
    ...rolesLost.map((role) => drawRole(role, h("del", {}, role))),
    ...rolesChanged.flatMap(({ role, changes }) => [
      h("h4", {}, role),
      ...changes.map((change) => drawChange(change, role)),
    ]),
    tags.length > 0 && h("p", { class: "source-of" }, "Tags: ", tags.join(" ")),
  );
}

function tagWords({ tagsGained, tagsLost }: MachineChanges): readonly string[] {
  return [...tagsGained.map((tag) => `+${tag}`), ...tagsLost.map((tag) => `−${tag}`)];
}

function drawRole(role: string, name: HTMLElement): HTMLElement {
  return h("div", { class: "change", "data-role": role }, name);
}

function drawChange({ path, before, after }: Change, role?: string): HTMLElement {
  return h(
    "div",
    { class: "change", "data-role": role, "data-path": role && path },
    h("code", { class: "path" }, path),
    before !== undefined && h("del", {}, before),
    after !== undefined && h("ins", {}, after),
  );
}

/** What a part of a difference is about: a machine, or what one or several get. */
export function focusInDifference(target: Element): Focus {
  const name = target.closest(".machine")?.textContent;
  if (name) {
    return { machine: name };
  }
  const section = target.closest<HTMLElement>("[data-machines]");
  const change = target.closest<HTMLElement>(".change");
  const machines = machinesOf(section);
  const role = roleOf(change);
  return {
    ...(machines.length === 1 && { machine: machines[0] }),
    // What several get is said of the role, which is none of them alone.
    ...(machines.length > 1 && role.instance === undefined && { machines }),
    ...role,
    setting: change?.dataset["path"],
  };
}

/** Lights up the machines and the changes that the cursor is on. */
export function lightDifference(panel: HTMLElement, focus: Focus): void {
  const { machine, instance, role, setting } = focus;
  for (const name of panel.querySelectorAll<HTMLElement>(".machine")) {
    name.classList.toggle("lit", instance === undefined && name.textContent === machine);
  }
  for (const section of panel.querySelectorAll<HTMLElement>("[data-machines]")) {
    const isOf = machine !== undefined && machinesOf(section).includes(machine);
    section.querySelector("h3")!.classList.toggle("lit", isOf && instance === undefined);
    for (const change of section.querySelectorAll<HTMLElement>(".change")) {
      const own = { ...roleOf(change), setting: change.dataset["path"] };
      const isMeant = instance !== undefined && isLit({ instance, role, setting }, own);
      change.classList.toggle("lit", isMeant && (machine === undefined || isOf));
    }
  }
}

function machinesOf(section: HTMLElement | null): readonly string[] {
  return JSON.parse(section?.dataset["machines"] ?? "[]");
}

/** `instance.role` */
function roleOf(change: HTMLElement | null): Focus {
  const name = change?.dataset["role"];
  const dot = name?.lastIndexOf(".");
  return { instance: name?.slice(0, dot), role: name?.slice(dot! + 1) };
}

/** `server: startAt 03:00 → 04:00 · 1 to deploy`; empty if nothing changes. */
export function summarizeChanges({ meta, added, removed, changed, redeploy }: Difference): string {
  const parts = [
    ...meta.map((change) => changeText(change)),
    ...(added.length > 0 ? [`+ ${nameSome(added)}`] : []),
    ...(removed.length > 0 ? [`− ${nameSome(removed)}`] : []),
    ...changed.map((changes) => `${nameSome(changes.machines)}: ${firstChange(changes)}`),
  ];
  if (parts.length === 0) {
    return "";
  }
  const more = parts.length > 1 ? ` · ${parts.length - 1} more` : "";
  return `${parts[0]!}${more} · ${redeploy.length.toLocaleString("en")} to deploy`;
}

function firstChange(changes: MachineChanges): string {
  const { fields, rolesGained, rolesLost, rolesChanged } = changes;
  const settings = rolesChanged.flatMap(({ changes }) => changes);
  const all = [
    ...settings.map(changeText),
    ...rolesGained.map((role) => `+ ${role}`),
    ...rolesLost.map((role) => `− ${role}`),
    ...fields.map(changeText),
    ...tagWords(changes).map((tag) => `tag ${tag}`),
  ];
  return all.length > 1 ? `${all[0]!} and ${all.length - 1} more` : (all[0] ?? "");
}

function changeText({ path, before, after }: Change): string {
  return after === undefined
    ? `− ${path}`
    : `${path} ${before === undefined ? "" : `${clip(before)} → `}${clip(after)}`;
}

function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
