import type { Diagnostic, Fix, Range } from "../src/index.js";
import { count, h } from "./dom.js";

export interface ProblemActions {
  readonly goTo: (range: Range) => void;
  readonly fixesOf: (diagnostic: Diagnostic) => Promise<readonly Fix[]>;
  readonly apply: (fix: Fix) => void;
  readonly fixAll: () => void;
}

/** The list of what is found, each with its fix; each place leads to the editor. */
export function showProblems(
  { list, summary, fixAll }: ProblemElements,
  diagnostics: readonly Diagnostic[],
  actions: ProblemActions,
): void {
  summary.textContent = summarize(diagnostics);
  const fixable = diagnostics.filter((diagnostic) => diagnostic.fixable !== undefined).length;
  fixAll.hidden = fixable < 2;
  fixAll.textContent = `Fix all ${fixable}`;
  const shown = diagnostics
    .slice(0, maxShown)
    .map((diagnostic) => showProblem(diagnostic, actions));
  const rest = diagnostics.length - shown.length;
  list.replaceChildren(
    ...shown,
    ...(rest > 0 ? [h("li", { class: "rest" }, `… and ${rest.toLocaleString("en")} more`)] : []),
  );
}

export interface ProblemElements {
  readonly list: HTMLElement;
  readonly summary: HTMLElement;
  readonly fixAll: HTMLElement;
}

/** No one reads more, and a page of them is slow. */
const maxShown = 200;

/** `2 errors, 1 warning` */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const parts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [count(number, severity)];
  });
  return parts.length === 0 ? "No problems" : parts.join(", ");
}

/** What a screen reader is told when the findings change. */
export function announce(diagnostics: readonly Diagnostic[]): string {
  const [first] = diagnostics;
  return first === undefined
    ? "No problems"
    : `${summarize(diagnostics)}. ${first.range.source}, line ${first.range.start.line}: ${first.message}`;
}

/** `inventory.yaml:7:18` */
export function placeOf({ source, start }: Range): string {
  return `${source}:${start.line}:${start.column}`;
}

function showProblem(diagnostic: Diagnostic, actions: ProblemActions): HTMLElement {
  const { severity, message, code, range, related, help, fixable } = diagnostic;
  return h(
    "li",
    { class: `problem ${severity}` },
    h(
      "div",
      { class: "line" },
      h(
        "button",
        { type: "button", class: "finding", click: () => actions.goTo(range) },
        h("span", { class: "severity" }, severity),
        h("span", { class: "message" }, message, " ", h("code", {}, code)),
        h("span", { class: "place" }, placeOf(range)),
      ),
      fixable !== undefined &&
        h(
          "button",
          {
            type: "button",
            class: "fix",
            "aria-label": `Fix: ${message}`,
            click: ({ currentTarget }) =>
              void fixHere(currentTarget as HTMLElement, diagnostic, actions),
          },
          "Fix",
        ),
    ),
    help !== undefined && h("p", { class: "help" }, help),
    ...related.map((other) =>
      h(
        "button",
        { type: "button", class: "related", click: () => actions.goTo(other.range) },
        h("span", { class: "message" }, other.message),
        h("span", { class: "place" }, placeOf(other.range)),
      ),
    ),
  );
}

/** Applies the only fix; of several, lets one be chosen. */
async function fixHere(
  button: HTMLElement,
  diagnostic: Diagnostic,
  { fixesOf, apply }: ProblemActions,
): Promise<void> {
  const fixes = await fixesOf(diagnostic);
  if (fixes.length === 1) {
    return apply(fixes[0]!);
  }
  const choices = fixes.map((fix) =>
    h("button", { type: "button", class: "fix", click: () => apply(fix) }, fix.title),
  );
  button.replaceWith(...choices);
  choices[0]?.focus();
}
