import type { Diagnostic, Range } from "../src/index.js";
import { count, h } from "./dom.js";

/** Lists the problems; each place leads to the editor. */
export function showProblems(
  list: HTMLElement,
  summary: HTMLElement,
  diagnostics: readonly Diagnostic[],
  goTo: (range: Range) => void,
): void {
  summary.textContent = summarize(diagnostics);
  const shown = diagnostics.slice(0, maxShown).map((diagnostic) => showProblem(diagnostic, goTo));
  const rest = diagnostics.length - shown.length;
  list.replaceChildren(
    ...shown,
    ...(rest > 0 ? [h("li", { class: "rest" }, `… and ${rest.toLocaleString("en")} more`)] : []),
  );
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

function showProblem(
  { severity, message, code, range, related, help }: Diagnostic,
  goTo: (range: Range) => void,
): HTMLElement {
  return h(
    "li",
    { class: `problem ${severity}` },
    h(
      "button",
      { type: "button", click: () => goTo(range) },
      h("span", { class: "severity" }, severity),
      h("span", { class: "message" }, message, " ", h("code", {}, code)),
      h("span", { class: "place" }, placeOf(range)),
    ),
    help !== undefined && h("p", { class: "help" }, help),
    ...related.map((other) =>
      h(
        "button",
        { type: "button", class: "related", click: () => goTo(other.range) },
        h("span", { class: "message" }, other.message),
        h("span", { class: "place" }, placeOf(other.range)),
      ),
    ),
  );
}
