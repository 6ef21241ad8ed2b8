import { insertNewlineAndIndent } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import { EditorSelection } from "@codemirror/state";
import type { Command } from "@codemirror/view";

/**
 * Enter in YAML: after a key whose value is to come, the next line is indented; after an item of a
 * list there is another dash, and an empty item ends the list. Elsewhere, and in JSON, the line is
 * as indented as this one.
 */
export const continueLine: Command = (view) => {
  const { state } = view;
  const { head, empty } = state.selection.main;
  const line = state.doc.lineAt(head);
  const before = line.text.slice(0, head - line.from);
  if (!empty || isElsewhere(view, head)) {
    return insertNewlineAndIndent(view);
  }
  const [, indent = "", dash = "", rest = ""] = /^( *)((?:- +)?)(.*)$/.exec(before) ?? [];
  if (dash !== "" && rest === "" && head === line.to) {
    view.dispatch({
      changes: { from: line.from, to: line.to, insert: indent.slice(2) },
      selection: EditorSelection.cursor(line.from + Math.max(0, indent.length - 2)),
      userEvent: "input",
    });
    return true;
  }
  const next = opensBlock(rest)
    ? `${indent}${" ".repeat(dash.length)}  `
    : dash !== "" && !/^[^\s"']+:( |$)/.test(rest)
      ? `${indent}${dash}`
      : `${indent}${" ".repeat(dash.length)}`;
  const insert = `${state.lineBreak}${next}`;
  view.dispatch({
    changes: { from: head, insert },
    selection: EditorSelection.cursor(head + insert.length),
    scrollIntoView: true,
    userEvent: "input",
  });
  return true;
};

/** A key without a value, or with a sign that a text of several lines follows. */
function opensBlock(text: string): boolean {
  return /:( +[|>][-+\d]*)?\s*(#.*)?$/.test(text) && !text.startsWith("#");
}

/** Within brackets or a text, the line says nothing of the block around it. */
function isElsewhere(view: Parameters<Command>[0], at: number): boolean {
  let node: ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]> | null = syntaxTree(
    view.state,
  ).resolveInner(at, -1);
  for (; node !== null; node = node.parent) {
    if (
      /^(Flow(Mapping|Sequence)|QuotedLiteral|BlockLiteralContent|Json.*|Object|Array)$/.test(
        node.name,
      )
    ) {
      return true;
    }
  }
  return false;
}
