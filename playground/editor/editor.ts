import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  redoDepth,
  undoDepth,
} from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  codeFolding,
  foldKeymap,
  indentOnInput,
  indentUnit,
} from "@codemirror/language";
import {
  linter,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
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
import { continueLine } from "./continue-line.js";
import { type Language, languageService } from "./language-service.js";
import { colourNames, highlight, lightUp, nameColours } from "./light-up.js";
import { theme } from "./theme.js";

/** The texts of files with what was done to them, to be brought back. */
export type EditorMemory = ReadonlyMap<string, EditorState>;

export interface Editor {
  /** Shows a file; one that was shown before keeps its history if its text is the same. */
  show(name: string, text: string): void;
  /** Marks the places of the file that is shown. */
  mark(diagnostics: readonly Diagnostic[]): void;
  /** Lights up stretches of the file that is shown. */
  lightUp(stretches: readonly Stretch[]): void;
  /** Gives names their colours in the file that is shown. */
  colour(names: readonly (Stretch & { readonly kind: string })[]): void;
  /** Selects a stretch of the file that is shown, and puts the focus there. */
  select(from: number, to: number): void;
  /** Changes a file, which can be undone there; answers its new text. */
  change(file: { readonly name: string; readonly text: string }, edits: readonly Edit[]): string;
  /** Forgets the files; what it knew of them can be restored. */
  forget(): EditorMemory;
  restore(memory: EditorMemory): void;
  /** Whether lines wrap. */
  wrap(isOn: boolean): void;
  /** Where the cursor is, as an offset. */
  cursor(): number;
  focus(): void;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** An insertion where the stretch is empty. */
export interface Edit extends Stretch {
  readonly insert: string;
}

export interface EditorEvents {
  changed(text: string): void;
  /** The cursor was moved, without a change. */
  moved(offset: number): void;
  /** Answers whether a text that is pasted was taken elsewhere. */
  pasted(text: string): boolean;
  /** Tab was pressed, and indents. */
  indents(): void;
  /** There is nothing left to undo or redo in the file; answers whether it was done elsewhere. */
  undo(): boolean;
  redo(): boolean;
}

/** An editor in a shadow tree, where CodeMirror's styles need no inline style element. */
export function createEditor(host: HTMLElement, language: Language, events: EditorEvents): Editor {
  let states = new Map<string, EditorState>();
  let shown = "";
  const view = createView(host);
  const wrapping = new Compartment();
  let isWrapped = false;
  /** Changes that are made from outside are no typing. */
  let isQuiet = false;

  const extensions = (name: string): Extension => [
    ...common,
    name.endsWith(".json") ? json() : yaml(),
    indentUnit.of("  "),
    history(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentOnInput(),
    closeBrackets(),
    languageService(language),
    autocompletion({ icons: false, override: [language.complete] }),
    // The errors are in the box of the language service, before what is known of the place.
    typeOver,
    EditorView.domEventHandlers({
      paste: ({ clipboardData }) => events.pasted(clipboardData?.getData("text/plain") ?? ""),
    }),
    linter(null, { tooltipFilter: () => [] }),
    lintGutter({ tooltipFilter: () => [] }),
    highlight,
    nameColours,
    wrapping.of(isWrapped ? EditorView.lineWrapping : []),
    EditorView.contentAttributes.of({
      "aria-label": `Text of ${name}`,
      tabindex: "0",
      autocapitalize: "off",
      spellcheck: "false",
    }),
    EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
      if (docChanged && !isQuiet) {
        events.changed(state.doc.toString());
      } else if (selectionSet) {
        events.moved(state.selection.main.head);
      }
    }),
    keymap.of([
      { key: "Mod-z", run: ({ state }) => undoDepth(state) === 0 && events.undo() },
      {
        key: "Mod-y",
        mac: "Mod-Shift-z",
        run: ({ state }) => redoDepth(state) === 0 && events.redo(),
      },
      { key: "Tab", run: acceptCompletion },
      { key: "Tab", run: (view) => (events.indents(), indentMore(view)), shift: indentLess },
      { key: "Enter", run: continueLine },
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
    ]),
  ];
  const create = (name: string, text: string) =>
    EditorState.create({ doc: text, extensions: extensions(name) });
  const clip = (offset: number) => Math.min(offset, view.state.doc.length);

  return {
    show(name, text) {
      if (shown !== "") {
        states.set(shown, view.state);
      }
      shown = name;
      const left = states.get(name);
      view.setState(left?.doc.toString() === text ? left : create(name, text));
      this.wrap(isWrapped);
    },
    mark(diagnostics) {
      const marks = diagnostics
        .filter(({ range }) => range.source === shown)
        .map(({ range, severity, message, code }) => ({
          from: clip(range.start.offset),
          to: clip(range.end.offset),
          severity: severity === "note" ? ("info" as const) : severity,
          message,
          source: code,
        }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    lightUp(stretches) {
      const { length } = view.state.doc;
      view.dispatch({ effects: lightUp.of(stretches.filter(({ to }) => to <= length)) });
    },
    colour(names) {
      view.dispatch({ effects: colourNames.of(names) });
    },
    select(from, to) {
      const range = { anchor: clip(from), head: clip(to) };
      view.dispatch({
        selection: range,
        effects: EditorView.scrollIntoView(range.anchor, { y: "nearest", yMargin: 80 }),
      });
      view.focus();
    },
    change({ name, text }, edits) {
      const changes = edits.map(({ from, to, insert }) => ({ from, to, insert }));
      if (name === shown) {
        isQuiet = true;
        view.dispatch({ changes, userEvent: "input.fix" });
        isQuiet = false;
        return view.state.doc.toString();
      }
      const left = states.get(name);
      const state = left?.doc.toString() === text ? left : create(name, text);
      const changed = state.update({ changes }).state;
      states.set(name, changed);
      return changed.doc.toString();
    },
    forget() {
      const memory = new Map(states).set(shown, view.state);
      states = new Map();
      shown = "";
      return memory;
    },
    restore(memory) {
      states = new Map(memory);
      shown = "";
    },
    wrap(isOn) {
      isWrapped = isOn;
      view.dispatch({
        effects: wrapping.reconfigure(isOn ? EditorView.lineWrapping : []),
      });
    },
    cursor: () => view.state.selection.main.head,
    focus: () => view.focus(),
  };
}

/**
 * Typing over a selection: left to themselves, browsers keep its look with an inline style, which the
 * page's policy forbids. Brackets and quotes go around a selection, which is not their business.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data }, view) {
    if (inputType !== "insertText" || !data || /["'([{]/.test(data)) {
      return false;
    }
    if (view.state.selection.main.empty || view.composing) {
      return false;
    }
    view.dispatch(view.state.replaceSelection(data), { userEvent: "input.type" });
    return true;
  },
});

export interface Viewer {
  show(text: string): void;
  /** Lights up stretches, and brings the first into view if none of it is. */
  lightUp(stretches: readonly Stretch[]): void;
}

/** Read-only text in the same style; `moved` is told where the cursor is put. */
export function createViewer(
  host: HTMLElement,
  label: string,
  language: Extension,
  moved: (offset: number) => void = () => {},
): Viewer {
  const view = createView(host);
  const attributes = EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-readonly": "true",
    tabindex: "0",
  });
  const extensions = [
    ...common,
    language,
    highlight,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    attributes,
    EditorView.updateListener.of(({ selectionSet, state }) => {
      if (selectionSet) {
        moved(state.selection.main.head);
      }
    }),
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
    lightUp(stretches) {
      const { length } = view.state.doc;
      const inside = stretches.filter(({ to }) => to <= length);
      const [first] = inside;
      view.dispatch({
        effects: [
          lightUp.of(inside),
          ...(first ? [EditorView.scrollIntoView(first.from, { y: "nearest", yMargin: 40 })] : []),
        ],
      });
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
