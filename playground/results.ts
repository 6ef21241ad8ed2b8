import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import type { Diagnostic, Range } from "../src/index.js";
import type { Answer, Content, Explanation, Question } from "./answer.js";
import { byId, count, h } from "./dom.js";
import { nix } from "./editor/nix.js";
import type { Focus } from "./focus.js";
import { createOutputView } from "./output.js";
import { summarize } from "./problems.js";
import type { State, View } from "./state.js";
import { blank } from "./views/blank.js";
import {
  blankForBroken,
  drawDifference,
  focusInDifference,
  lightDifference,
} from "./views/changes.js";
import {
  createExplainView,
  drawExplanation,
  focusInExplanation,
  lightExplanation,
} from "./views/explain.js";
import { createFleetView } from "./views/fleet.js";
import { createGraphView } from "./views/graph.js";
import { pointFrom } from "./views/point.js";

export interface ResultActions {
  /** A machine or a cell was chosen in the fleet. */
  readonly choose: (question: Question) => void;
  /** The view `explain` is asked for. */
  readonly explain: (question: Question) => void;
  readonly settingsOf: (question: Question) => Promise<readonly string[]>;
  /** What the pointer is on. */
  readonly point: (focus: Focus) => void;
  readonly goTo: (range: Range) => void;
  /** What changes are told since. */
  readonly setBaseline: () => void;
  readonly goBackToBaseline: () => void;
}

/** The half of the page that shows what the compiler answers. */
export class Results {
  /** The views that show this inventory, if perhaps an older text of it. */
  private readonly drawn = new Set<View>();
  private readonly outputs;
  private readonly fleet;
  private readonly explanation;
  private readonly graph;

  constructor(private readonly actions: ResultActions) {
    const point = (focus: Focus) => actions.point(focus);
    this.outputs = {
      nix: createOutputView(byId("panel-nix"), "inventory.nix", nix, point),
      json: createOutputView(byId("panel-json"), "inventory.json", json(), point),
      yaml: createOutputView(byId("panel-yaml"), "inventory.yaml", yaml(), point),
    };
    this.fleet = createFleetView(byId("matrix"), actions);
    this.graph = createGraphView(byId("panel-graph"), point);
    for (const explained of [byId("detail"), byId("panel-explain")]) {
      pointFrom(explained, (target) => focusInExplanation(explained, target), point);
    }
    pointFrom(byId("panel-changes"), focusInDifference, point);
    this.explanation = createExplainView(
      byId("panel-explain"),
      (question) => actions.explain(question),
      (range) => actions.goTo(range),
    );
  }

  /** The text changed: what is shown looks old until it is answered, and cannot be taken along. */
  age(view: View): void {
    this.mark(view, true);
  }

  /** Another inventory: what is shown of the last one is nothing of it. */
  forget(): void {
    this.drawn.clear();
  }

  show(answer: Answer, state: State): void {
    const { view, question } = state;
    this.drawCounts(answer, question);
    if (answer.content !== undefined) {
      this.drawn.add(view);
      this.draw(answer.content, answer, question);
    }
    this.drawFailure(answer, view);
  }

  /** Lights up what the cursor is on, in the view that is shown. */
  light(focus: Focus, view: View): void {
    switch (view) {
      case "fleet":
        this.fleet.light(focus);
        return lightExplanation(byId("detail"), focus);
      case "explain":
        return lightExplanation(byId("panel-explain"), focus);
      case "graph":
        return this.graph.light(focus);
      case "nix":
      case "json":
      case "yaml":
        return this.outputs[view].light(focus);
      case "changes":
        return lightDifference(byId("panel-changes"), focus);
    }
  }

  private draw(content: Content, answer: Answer, question: Question): void {
    switch (content.view) {
      case "nix":
      case "json":
      case "yaml":
        return this.outputs[content.view].show(content.text);
      case "fleet":
        this.fleet.show(answer.fleet!, question);
        return this.drawDetail(content.explanation);
      case "explain":
        return this.explanation.show(answer.fleet!, question, content.explanation);
      case "graph":
        return this.graph.show(content.mermaid, answer.fleet!);
      case "changes":
        return this.drawChanges(answer);
    }
  }

  /** Below the fleet: why the machine that is chosen gets what it gets. */
  private drawDetail(explanation: Explanation | undefined): void {
    const detail = byId("detail");
    detail.hidden = explanation === undefined;
    if (explanation === undefined) {
      return;
    }
    const close = h(
      "button",
      {
        type: "button",
        class: "quiet",
        click: () => this.actions.choose({ machine: "", instance: "" }),
      },
      "Close",
    );
    const { machine } = explanation;
    const open = h(
      "button",
      {
        type: "button",
        class: "quiet",
        click: () => this.actions.explain({ machine, instance: "" }),
      },
      "Open in Explain",
    );
    const { scrollTop } = detail;
    detail.replaceChildren(
      h("div", { class: "floating" }, open, close),
      ...drawExplanation(explanation, (range) => this.actions.goTo(range)),
    );
    detail.scrollTop = scrollTop;
  }

  private drawChanges({ difference, baselineErrors }: Answer): void {
    const { actions } = this;
    const button = (label: string, click: () => void) =>
      h("button", { type: "button", class: "quiet", click }, label);
    const found =
      difference === undefined
        ? [blankForBroken(baselineErrors)]
        : drawDifference(difference, (machine) => actions.explain({ machine, instance: "" }));
    byId("panel-changes").replaceChildren(
      h(
        "div",
        { class: "filters" },
        h("span", { class: "total" }, "Since the baseline"),
        button("Take this as the baseline", () => actions.setBaseline()),
        button("Go back to the baseline", () => actions.goBackToBaseline()),
      ),
      h(
        "div",
        { class: "difference", tabindex: "0", role: "region", "aria-label": "Difference" },
        ...found,
      ),
    );
  }

  private drawCounts({ fleet, difference, diagnostics }: Answer, { machine }: Question): void {
    const changes =
      difference &&
      difference.meta.length +
        difference.added.length +
        difference.removed.length +
        difference.changed.reduce((sum, { machines }) => sum + machines.length, 0);
    const chosen = fleet?.machines.find(({ name }) => name === machine);
    const instances = fleet?.machines.flatMap(({ roles }) => roles.map((role) => role.instance));
    setCount("tab-fleet", fleet?.machines.length, "machine");
    setCount("tab-explain", chosen?.roles.length, "role");
    setCount("tab-changes", changes, "change");
    setCount("tab-graph", instances && new Set(instances).size, "instance");
    setCount("tab-source", diagnostics.length, "problem");
  }

  /** Where there is nothing of this text to show, says why: above what there was before, if any. */
  private drawFailure({ content, diagnostics }: Answer, view: View): void {
    const first = diagnostics.find(({ severity }) => severity === "error") ?? diagnostics[0];
    if (first?.code === "empty-input") {
      this.forget();
    }
    const isOld = content === undefined && this.drawn.has(view);
    const failure = byId("failure");
    this.mark(view, isOld);
    byId("panels").classList.toggle("failed", content === undefined && !isOld);
    failure.hidden = content !== undefined;
    if (content !== undefined || first === undefined) {
      return;
    }
    failure.className = isOld ? "failure over" : "failure";
    failure.replaceChildren(this.explainFailure(first, diagnostics, isOld));
  }

  private mark(view: View, isOld: boolean): void {
    byId("panels").classList.toggle("stale", isOld);
    const panel = byId(`panel-${view}`);
    for (const button of panel.querySelectorAll<HTMLButtonElement>(".taking")) {
      button.disabled = isOld;
    }
  }

  private explainFailure(
    { code, message, range }: Diagnostic,
    diagnostics: readonly Diagnostic[],
    isOld: boolean,
  ): HTMLElement {
    const go = h(
      "button",
      { type: "button", click: () => this.actions.goTo(range) },
      "Go to the first error",
    );
    if (isOld) {
      return h(
        "div",
        { class: "banner" },
        h("span", {}, `${summarize(diagnostics)}. This is the last version without errors.`),
        go,
      );
    }
    if (code === "empty-input") {
      const open = () => byId("open").showPopover();
      return blank(
        "Nothing here yet",
        "Start with “machines:”, or with an example.",
        h("button", { type: "button", click: open }, "Open an example"),
      );
    }
    if (code === "not-serializable") {
      return blank(
        "JSON cannot represent this",
        "Only Nix and YAML can say what is special here: see their views.",
        go,
      );
    }
    return blank(
      summarize(diagnostics),
      `Nothing to show while there are errors. First: ${message}`,
      go,
    );
  }
}

/** Tells a number beside the name of a tab; nothing where there is nothing to count. */
function setCount(tab: string, number: number | undefined, noun: string): void {
  const element = byId(tab).querySelector<HTMLElement>(".count")!;
  element.textContent = number ? number.toLocaleString("en") : "";
  byId(tab).title = number ? count(number, noun) : "";
}
