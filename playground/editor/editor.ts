import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, codeFolding, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Diagnostic } from "../../src/index.js";
import { complete, type Knowledge } from "./complete.js";
import { describeOnHover } from "./hover.js";
import { theme } from "./theme.js";

export interface Editor {
  /**
   * Shows a file; one that was shown before keeps its state if its text is the same.
   */
  show(name: string, text: string): void;
  /** Marks the places of the file that is shown. */
  mark(diagnostics: readonly Diagnostic[]): void;
  /** Selects a stretch of the file that is shown, and puts the focus there. */
  select(from: number, to: number): void;
  /** Forgets the undo history of other files. */
  forget(): void;
  focus(): void;
}

/** An editor in a shadow tree, where CodeMirror's styles need no inline style element. */
export function createEditor(
  host: HTMLElement,
  knowledge: () => Knowledge,
  onChange: (text: string) => void,
): Editor {
  const states = new Map<string, EditorState>();
  let shown = "";
  const view = createView(host);

  const extensions = (name: string): Extension => [
    ...common,
    name.endsWith(".json") ? json() : yaml(),
    history(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentOnInput(),
    closeBrackets(),
    autocompletion({ override: [complete(knowledge)], icons: false }),
    describeOnHover(knowledge),
    lintGutter(),
    EditorView.contentAttributes.of({
      "aria-label": `Text of ${name}`,
      tabindex: "0",
      autocapitalize: "off",
      spellcheck: "false",
    }),
    EditorView.updateListener.of(
      ({ docChanged, state }) => docChanged && onChange(state.doc.toString()),
    ),
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      { key: "F8", run: nextDiagnostic },
      { key: "Shift-F8", run: previousDiagnostic },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
    ]),
  ];

  return {
    show(name, text) {
      if (shown !== "") {
        states.set(shown, view.state);
      }
      const left = states.get(name);
      shown = name;
      view.setState(
        left?.doc.toString() === text
          ? left
          : EditorState.create({ doc: text, extensions: extensions(name) }),
      );
    },
    mark(diagnostics) {
      const { length } = view.state.doc;
      const clip = (offset: number) => Math.min(offset, length);
      const marks = diagnostics
        .filter(({ range }) => range.source === shown)
        .map(({ range, severity, message, code, help }) => ({
          from: clip(range.start.offset),
          to: clip(range.end.offset),
          severity: severity === "note" ? ("info" as const) : severity,
          message: help === undefined ? message : `${message}\n${help}`,
          source: code,
        }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select(from, to) {
      const { length } = view.state.doc;
      const range = { anchor: Math.min(from, length), head: Math.min(to, length) };
      view.dispatch({
        selection: range,
        effects: EditorView.scrollIntoView(range.anchor, { y: "nearest", yMargin: 80 }),
      });
      view.focus();
    },
    forget: () => states.clear(),
    focus: () => view.focus(),
  };
}

export interface Viewer {
  show(text: string): void;
}

/** Read-only text in the same style. */
export function createViewer(host: HTMLElement, label: string, language: Extension): Viewer {
  const view = createView(host);
  const attributes = EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-readonly": "true",
    tabindex: "0",
  });
  const extensions = [
    ...common,
    language,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    attributes,
    keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap]),
  ];
  return {
    show(text) {
      if (view.state.doc.toString() === text) {
        return;
      }
      const { scrollTop } = view.scrollDOM;
      view.setState(EditorState.create({ doc: text, extensions }));
      view.scrollDOM.scrollTop = scrollTop;
    },
  };
}

const common = [
  lineNumbers(),
  highlightSpecialChars(),
  drawSelection(),
  bracketMatching(),
  codeFolding(),
  highlightSelectionMatches(),
  theme,
];

function createView(host: HTMLElement): EditorView {
  const root = host.attachShadow({ mode: "open" });
  return new EditorView({ parent: root, root });
}
