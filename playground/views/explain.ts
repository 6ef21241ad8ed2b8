import type { MachineClass, Range } from "../../src/index.js";
import type {
  Definition,
  Explanation,
  Fleet,
  Membership,
  Question,
  Reason,
  Setting,
} from "../answer.js";
import { h } from "../dom.js";
import { type Focus, isLit } from "../focus.js";
import { placeOf } from "../problems.js";
import { blank } from "./blank.js";

export interface ExplainView {
  /** `explanation` is absent where nothing is chosen. */
  show(fleet: Fleet, question: Question, explanation: Explanation | undefined): void;
}

/** Why a machine is a member, and where each of its settings comes from. */
export function createExplainView(
  panel: HTMLElement,
  ask: (question: Question) => void,
  goTo: (range: Range) => void,
): ExplainView {
  const machine = h("select", {
    "aria-label": "Machine",
    change: () => ask({ machine: machine.value, instance: "" }),
  });
  const instance = h("select", {
    "aria-label": "Instance",
    change: () => ask({ machine: machine.value, instance: instance.value }),
  });
  const answer = h("div", {
    class: "explanation",
    tabindex: "0",
    role: "region",
    "aria-label": "Explanation",
  });
  panel.replaceChildren(
    h(
      "div",
      { class: "filters" },
      h("label", {}, "Machine ", machine),
      h("label", {}, "Instance ", instance),
    ),
    answer,
  );

  return {
    show({ machines }, question, explanation) {
      const own = machines.find(({ name }) => name === question.machine);
      const instances = [...new Set(own?.roles.map((role) => role.instance) ?? [])];
      const names = machines.map(({ name }) => [name, name] as const);
      fillSelect(machine, own ? names : [["", "Choose…"], ...names], question.machine);
      fillSelect(
        instance,
        [["", "all"], ...instances.map((name) => [name, name] as const)],
        question.instance,
      );
      if (machines.length === 0) {
        return answer.replaceChildren(
          blank("No machines yet", "Add one under “machines:” to see what it gets."),
        );
      }
      if (explanation === undefined) {
        return answer.replaceChildren(
          blank(
            "Choose a machine",
            "Choose one here, or a cell of the fleet, to see why it is a member and where each setting comes from.",
          ),
        );
      }
      answer.replaceChildren(...drawExplanation(explanation, goTo));
    },
  };
}

function fillSelect(
  select: HTMLSelectElement,
  entries: readonly (readonly [value: string, label: string])[],
  value: string,
): void {
  select.replaceChildren(...entries.map(([value, label]) => h("option", { value }, label)));
  select.value = entries.some(([entry]) => entry === value) ? value : "";
}

/** All that is known of a machine, with links to the places that say so. */
export function drawExplanation(
  { machine, class: machineClass, range, tags, memberships }: Explanation,
  goTo: (range: Range) => void,
): readonly Node[] {
  return [
    h(
      "h2",
      { class: "machine-name" },
      h("span", { "data-machine": machine }, machine),
      h("span", { class: "aside" }, classNames[machineClass]),
    ),
    h(
      "p",
      { class: "source-of" },
      range === undefined ? "Known from outside: no file declares it." : "Declared at ",
      range && link(range, goTo),
    ),
    h("h3", {}, "Tags"),
    h(
      "dl",
      { class: "reasons" },
      ...tags.flatMap(({ tag, reasons }) => [
        h("dt", { class: "tag" }, tag),
        h("dd", {}, ...reasons.map((reason) => drawReason(reason, goTo))),
      ]),
    ),
    ...(memberships.length === 0
      ? [h("p", { class: "source-of" }, "It has no role in any instance.")]
      : memberships.map((membership) => drawMembership(membership, goTo))),
  ];
}

const classNames: { readonly [machineClass in MachineClass]: string } = {
  nixos: "NixOS",
  darwin: "macOS",
};

/** What a part of an explanation is about: a tag of the machine, a membership or a setting. */
export function focusInExplanation(explanation: HTMLElement, target: Element): Focus {
  const name = explanation.querySelector<HTMLElement>("h2 [data-machine]");
  const machine = name?.dataset["machine"];
  const tag = tagAt(target);
  if (tag !== undefined) {
    return { tag };
  }
  const { instance, role } = target.closest<HTMLElement>(".membership")?.dataset ?? {};
  const setting = target.closest<HTMLElement>(".setting")?.dataset["path"];
  return { machine, instance, role, setting };
}

/** The tag that is named, or whose reasons are told. */
function tagAt(target: Element): string | undefined {
  const term = target.closest("dt.tag") ?? target.closest("dl.reasons dd")?.previousElementSibling;
  return term?.textContent ?? undefined;
}

/** Lights up the machine, the tags, the memberships and the settings that the cursor is on. */
export function lightExplanation(explanation: HTMLElement, focus: Focus): void {
  const { machine, tag, instance, role, setting } = focus;
  const isAlone = instance === undefined;
  for (const name of explanation.querySelectorAll<HTMLElement>("h2 [data-machine]")) {
    name.classList.toggle("lit", isAlone && name.dataset["machine"] === machine);
  }
  for (const name of explanation.querySelectorAll<HTMLElement>("dt.tag")) {
    name.classList.toggle("lit", isAlone && name.textContent === tag);
  }
  for (const section of explanation.querySelectorAll<HTMLElement>(".membership")) {
    const own = { instance: section.dataset["instance"], role: section.dataset["role"] };
    const isOn = isLit({ instance, role }, own);
    section.querySelector("h3")!.classList.toggle("lit", isOn && setting === undefined);
    for (const line of section.querySelectorAll<HTMLElement>(".setting")) {
      const isMeant = isLit({ setting }, { setting: line.dataset["path"] });
      line.classList.toggle("lit", isOn && isMeant);
    }
  }
}

function drawReason({ text, range }: Reason, goTo: (range: Range) => void): HTMLElement {
  return h("div", {}, text, " ", range && link(range, goTo));
}

function drawMembership(
  { instance, role, reasons, settings }: Membership,
  goTo: (range: Range) => void,
): HTMLElement {
  return h(
    "section",
    { class: "membership", "data-instance": instance, "data-role": role },
    h(
      "h3",
      {},
      h("span", { class: "instance" }, instance),
      ".",
      h("span", { class: "role-name" }, role),
    ),
    ...reasons.map((reason) => drawReason(reason, goTo)),
    settings.length === 0
      ? h("p", { class: "source-of" }, "No settings.")
      : h("div", { class: "settings" }, ...settings.map((setting) => drawSetting(setting, goTo))),
  );
}

function drawSetting(
  { path, value, undecided, definitions }: Setting,
  goTo: (range: Range) => void,
): HTMLElement {
  return h(
    "div",
    { class: "setting", "data-path": path },
    h(
      "div",
      { class: "outcome" },
      h("code", { class: "path" }, path),
      value !== undefined && h("code", { class: "value" }, value),
      undecided && h("span", { class: "fate" }, "Nix decides"),
    ),
    ...definitions.map((definition) =>
      drawDefinition(definition, definitions.length > 1 || definition.value !== value, goTo),
    ),
  );
}

/** A value that is the result need not be repeated. */
function drawDefinition(
  { layer, range, value, priority, order, fate }: Definition,
  withValue: boolean,
  goTo: (range: Range) => void,
): HTMLElement {
  const more = [
    ...(priority === 100 ? [] : [`priority ${priority}`]),
    ...(order === 1000 ? [] : [`order ${order}`]),
  ];
  return h(
    "div",
    { class: `definition ${fate}` },
    h("span", { class: "fate" }, fates[fate]),
    h("span", { class: "layer" }, [layer, ...more].join(", ")),
    withValue && h("code", { class: "value" }, value),
    link(range, goTo),
  );
}

const fates: { readonly [fate in Definition["fate"]]: string } = {
  won: "wins",
  merged: "merged",
  lost: "loses",
  off: "off",
};

function link(range: Range, goTo: (range: Range) => void): HTMLElement {
  return h("button", { type: "button", class: "place", click: () => goTo(range) }, placeOf(range));
}
