import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours are the page's own variables, so that light and dark need no second theme. */
const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "transparent", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overscrollBehavior: "contain" },
  ".cm-content": { padding: "10px 0 40px", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-cursor": { borderLeft: "2px solid var(--accent)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 10px", minWidth: "34px" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  // The selection is drawn behind the line, and must shine through.
  "&.cm-focused .cm-activeLine": {
    backgroundColor: "color-mix(in srgb, var(--ink) 4%, transparent)",
  },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": {
    width: "7px",
    height: "7px",
    margin: "7px 0 0 4px",
    borderRadius: "50%",
    content: "none",
    backgroundColor: "var(--line)",
  },
  ".cm-lint-marker-error": { backgroundColor: "var(--error)", content: "none" },
  ".cm-lint-marker-warning": {
    backgroundColor: "var(--warning)",
    content: "none",
    borderRadius: "1px",
    transform: "rotate(45deg)",
  },
  ".cm-lint-marker-info": { backgroundColor: "var(--quiet)", content: "none" },
  ".cm-name-machine, .cm-name-machine *": { color: "var(--machine)" },
  ".cm-name-tag, .cm-name-tag *": { color: "var(--tag)" },
  ".cm-name-instance, .cm-name-instance *": { color: "var(--instance)" },
  ".cm-name-role, .cm-name-role *": { color: "var(--role)" },
  ".cm-lit": { backgroundColor: "var(--lit)" },
  // WebKit knows only the parts of the shorthand.
  ".cm-lintRange": {
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationThickness: "1px",
    textDecorationColor: "var(--quiet)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
    backgroundImage: "none",
    paddingBottom: "0",
  },
  ".cm-lintRange-error": { textDecorationColor: "var(--error)", backgroundImage: "none" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warning)", backgroundImage: "none" },
  ".cm-lintRange-active": { backgroundColor: "var(--hover)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    boxShadow: "var(--shadow)",
    color: "var(--ink)",
    fontFamily: "var(--sans)",
    fontSize: "13px",
    overflow: "hidden",
  },
  // Drawn before they have their place, they would seem to jump.
  ".cm-tooltip[style*='-10000px'], .cm-completionInfo:not([style])": { visibility: "hidden" },
  ".cm-diagnostic": {
    borderLeft: "none",
    padding: "6px 10px",
    maxWidth: "460px",
    lineHeight: "1.45",
    margin: "0",
  },
  ".cm-diagnostic + .cm-diagnostic": { borderTop: "1px solid var(--line)" },
  ".cm-diagnosticSource": {
    color: "var(--quiet)",
    fontSize: "12px",
    opacity: "1",
    fontFamily: "var(--mono)",
  },
  ".hover": { padding: "8px 12px", maxWidth: "420px", lineHeight: "1.45" },
  ".hover strong": {
    fontFamily: "var(--mono)",
    fontSize: "12px",
    fontWeight: "500",
    color: "var(--quiet)",
    overflowWrap: "anywhere",
  },
  ".hover p": { margin: "4px 0 0", whiteSpace: "pre-line" },
  ".hover p:first-child": { marginTop: "0" },
  ".hover pre": {
    margin: "6px 0 0",
    overflow: "auto",
    maxHeight: "12em",
    font: "12px var(--mono)",
  },
  ".hover .help": { color: "var(--quiet)" },
  ".hover .finding": { paddingLeft: "10px", borderLeft: "2px solid var(--quiet)" },
  ".hover .finding.error": { borderColor: "var(--error)" },
  ".hover .finding.warning": { borderColor: "var(--warning)" },
  ".hover .finding + .known": {
    marginTop: "8px",
    paddingTop: "8px",
    borderTop: "1px solid var(--line)",
  },
  ".hover button": {
    display: "block",
    margin: "4px 0 0",
    padding: "2px 10px",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    background: "none",
    color: "var(--accent)",
    font: "inherit",
    cursor: "pointer",
  },
  // What is known of an offer is beside the list.
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    borderRadius: "5px",
    fontFamily: "var(--mono)",
    fontSize: "13px",
    maxHeight: "17em",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 12px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent-wash)",
    color: "var(--ink)",
  },
  ".cm-completionMatchedText": {
    textDecoration: "none",
    color: "var(--accent)",
    fontWeight: "600",
  },
  ".cm-tooltip.cm-completionInfo": {
    padding: "8px 12px",
    maxWidth: "320px",
    whiteSpace: "pre-line",
    lineHeight: "1.45",
    overflow: "auto",
    maxHeight: "16em",
  },
  ".cm-completionInfo p": { margin: "4px 0 0" },
  ".cm-panels": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    borderTop: "1px solid var(--line)",
  },
  ".cm-panel.cm-search": { fontFamily: "var(--sans)", padding: "8px 12px" },
  ".cm-textfield, .cm-button": {
    backgroundColor: "var(--raised)",
    backgroundImage: "none",
    border: "1px solid var(--line)",
    borderRadius: "4px",
    color: "var(--ink)",
    fontSize: "12px",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-wash)" },
  ".cm-searchMatch": { backgroundColor: "var(--selection)" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--hover)",
    border: "none",
    color: "var(--quiet)",
    padding: "0 6px",
  },
});

const colours = HighlightStyle.define([
  {
    tag: [tags.definition(tags.propertyName), tags.propertyName],
    color: "var(--ink)",
    fontWeight: "500",
  },
  { tag: [tags.content, tags.string, tags.escape], color: "var(--text)" },
  { tag: [tags.literal, tags.number, tags.bool, tags.null, tags.atom], color: "var(--value)" },
  { tag: [tags.keyword, tags.typeName, tags.labelName, tags.meta], color: "var(--accent)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--quiet)", fontStyle: "italic" },
  {
    tag: [tags.punctuation, tags.separator, tags.bracket, tags.squareBracket, tags.brace],
    color: "var(--quiet)",
  },
  { tag: tags.variableName, color: "var(--ink)" },
]);

/** Below 16 px, phones zoom into what they edit. */
const onPhones = EditorView.theme({
  "@media (max-width: 719px)": { ".cm-scroller": { fontSize: "16px" } },
});

const withForcedColours = EditorView.theme({
  "@media (forced-colors: active)": { ".cm-lit": { outline: "1px solid Highlight" } },
});

/** What comes first, wins. */
export const theme = [onPhones, withForcedColours, look, syntaxHighlighting(colours)];
