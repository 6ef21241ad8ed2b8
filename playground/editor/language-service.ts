import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { hoverTooltip, keymap, type Tooltip } from "@codemirror/view";
import type { Fix } from "../../src/index.js";
import { h } from "../dom.js";
import { drawMarkdown } from "./draw-markdown.js";

/** What the compiler knows of the file that is shown; offsets are into its text. */
export interface Language {
  readonly complete: (context: CompletionContext) => Promise<CompletionResult | null>;
  hover(offset: number): Promise<HoverAnswer | undefined>;
  /** Goes to where the name there is defined. */
  define(offset: number): Promise<void>;
  rename(offset: number): Promise<void>;
  /** Offers what can be done there. */
  offerActions(offset: number): Promise<void>;
  apply(fix: Fix): void;
}

export interface HoverAnswer {
  readonly from: number;
  readonly to: number;
  /** What is wrong there comes first. */
  readonly findings: readonly Finding[];
  /** What is known of the place: Markdown. */
  readonly text?: string | undefined;
}

export interface Finding {
  readonly severity: string;
  readonly message: string;
  readonly code: string;
  readonly help?: string | undefined;
  readonly fixes: readonly Fix[];
}

/** Hover and the keys that ask the compiler something. */
export function languageService(language: Language): Extension {
  return [
    hoverTooltip(async (_, position): Promise<Tooltip | null> => {
      const answer = await language.hover(position);
      return answer === undefined
        ? null
        : {
            pos: answer.from,
            end: answer.to,
            above: true,
            create: () => ({ dom: drawHover(answer, language) }),
          };
    }),
    keymap.of([
      { key: "F2", run: at((offset) => language.rename(offset)) },
      { key: "F12", run: at((offset) => language.define(offset)) },
      { key: "Mod-.", run: at((offset) => language.offerActions(offset)) },
    ]),
  ];
}

function at(ask: (offset: number) => Promise<void>) {
  return ({
    state,
  }: {
    readonly state: { readonly selection: { readonly main: { readonly head: number } } };
  }) => {
    void ask(state.selection.main.head);
    return true;
  };
}

function drawHover({ findings, text }: HoverAnswer, language: Language): HTMLElement {
  return h(
    "div",
    { class: "hover" },
    ...findings.map(({ severity, message, code, help, fixes }) =>
      h(
        "div",
        { class: `finding ${severity}` },
        h("p", {}, message, " ", h("code", {}, code)),
        help !== undefined && h("p", { class: "help" }, help),
        ...fixes
          .slice(0, 3)
          .map((fix) =>
            h("button", { type: "button", click: () => language.apply(fix) }, fix.title),
          ),
      ),
    ),
    text !== undefined && h("div", { class: "known" }, ...drawMarkdown(text)),
  );
}
