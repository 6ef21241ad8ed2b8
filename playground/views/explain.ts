import type { MachineClass, Range } from "../../src/index.js";
import { h } from "../dom.js";
import type {
  Definition,
  Explanation,
  FleetMachine,
  Membership,
  Setting,
  TagReason,
} from "../engine.js";
import { placeOf } from "../problems.js";
import { blank } from "./blank.js";
import { oneLine } from "./value.js";

export interface ExplainView {
  /** `explanation` is absent where nothing is chosen. */
  show(
    fleet: readonly FleetMachine[],
    question: Question,
    explanation: Explanation | undefined,
  ): void;
}

interface Question {
  readonly machine: string;
  readonly instance: string;
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
  const answer = h("div", { class: "explanation" });
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
    show(fleet, question, explanation) {
      const own = fleet.find(({ name }) => name === question.machine);
      const instances = [...new Set(own?.roles.map((role) => role.instance) ?? [])];
      fillSelect(
        machine,
        [
          ...(own ? [] : [["", "Choose…"] as const]),
          ...fleet.map(({ name }) => [name, name] as const),
        ],
        question.machine,
      );
      fillSelect(
        instance,
        [["", "all"], ...instances.map((name) => [name, name] as const)],
        question.instance,
      );
      if (fleet.length === 0) {
        return answer.replaceChildren(
          blank("No machines yet", "Add one under “machines:” to see what it gets."),
        );
      }
      if (explanation === undefined) {
        return answer.replaceChildren(
          blank(
            "Choose a machine",
            "Choose one here, or a cell of the matrix under Machines, to see why it is a member and where each setting comes from.",
          ),
        );
      }
      answer.replaceChildren(...drawExplanation(explanation, ask, goTo));
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

function drawExplanation(
  explanation: Explanation,
  ask: (question: Question) => void,
  goTo: (range: Range) => void,
): readonly Node[] {
  const { machine, class: machineClass, range, tags, memberships } = explanation;
  return [
    h("h2", {}, machine, h("span", { class: "aside" }, classNames[machineClass])),
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
        h("dt", {}, tag),
        h(
          "dd",
          {},
          ...reasons.map((reason) =>
            h("div", {}, tagReason(tag, reason), " ", reason.range && link(reason.range, goTo)),
          ),
        ),
      ]),
    ),
    ...(memberships.length === 0
      ? [h("p", { class: "source-of" }, "It has no role in any instance.")]
      : memberships.map((membership) => drawMembership(membership, machine, ask, goTo))),
  ];
}

const classNames: { readonly [machineClass in MachineClass]: string } = {
  nixos: "NixOS",
  darwin: "macOS",
};

function tagReason(name: string, { kind, tag }: TagReason): string {
  switch (kind) {
    case "own":
      return "its own";
    case "list":
      return "named by the tag’s list";
    case "machines":
      return "named by the selector’s ‘machines’";
    case "any-of":
      return `by ‘anyOf’, through its tag ${tag!}`;
    case "all-of":
      return `by ‘allOf’, through its tag ${tag!}`;
    case "every":
      return "the selector starts with every machine";
    case "predefined":
      return name === "all" ? "every machine has it" : `every ${name} machine has it`;
  }
}

function drawMembership(
  { instance, role, reasons, settings }: Membership,
  machine: string,
  ask: (question: Question) => void,
  goTo: (range: Range) => void,
): HTMLElement {
  const why = reasons.map((reason) =>
    h(
      "div",
      {},
      reason.tag === undefined ? "a member by its name" : `a member by its tag ${reason.tag}`,
      " ",
      link(reason.range, goTo),
    ),
  );
  return h(
    "section",
    { class: "membership" },
    h("h3", {}, `${instance}.${role}`),
    ...why,
    settings === undefined
      ? h(
          "button",
          { type: "button", class: "text", click: () => ask({ machine, instance }) },
          "Show its settings",
        )
      : settings.length === 0
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
    { class: "setting" },
    h(
      "div",
      { class: "outcome" },
      h("code", { class: "path" }, path),
      value !== undefined && h("code", { class: "value" }, oneLine(value)),
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
  const by = layer.tag === "role" ? "the role" : `${layer.tag} ${layer.val}`;
  const more = [
    ...(priority === 100 ? [] : [`priority ${priority}`]),
    ...(order === 1000 ? [] : [`order ${order}`]),
  ];
  return h(
    "div",
    { class: `definition ${fate}` },
    h("span", { class: "fate" }, fates[fate]),
    h("span", { class: "layer" }, [by, ...more].join(", ")),
    withValue && h("code", { class: "value" }, oneLine(value)),
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
