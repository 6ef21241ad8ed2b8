import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { hoverTooltip, type Tooltip } from "@codemirror/view";
import { h } from "../dom.js";
import type { Knowledge } from "./complete.js";
import { readDocument, unquote } from "./document.js";
import { placeAt } from "./place.js";
import { schemasAt } from "./schema.js";

/** Shows what the schema says about the key or value under the pointer. */
export function describeOnHover(knowledge: () => Knowledge) {
  return hoverTooltip((view, position): Tooltip | null => {
    const word = wordAt(view.state, position);
    if (word === undefined) {
      return null;
    }
    const description = describe(view.state, word.to, knowledge());
    if (description === undefined) {
      return null;
    }
    return {
      pos: word.from,
      end: word.to,
      above: true,
      create: () => ({
        dom: h(
          "div",
          { class: "hover" },
          h("strong", {}, description.title),
          h("p", {}, description.text),
        ),
      }),
    };
  });
}

function wordAt(
  state: EditorState,
  position: number,
): { readonly from: number; readonly to: number } | undefined {
  const line = state.doc.lineAt(position);
  for (const { 0: word, index } of line.text.matchAll(
    /"[^"]*"|[^\s[\]{},:"#]+(?::[^\s[\]{},"]+)*/g,
  )) {
    const from = line.from + index;
    if (from <= position && position <= from + word.length) {
      return { from, to: from + word.length };
    }
  }
  return undefined;
}

function describe(
  state: EditorState,
  end: number,
  { schema }: Knowledge,
): { readonly title: string; readonly text: string } | undefined {
  const place = placeAt(state, end);
  if (schema === undefined || place === undefined) {
    return undefined;
  }
  const word = unquote(state.sliceDoc(place.from, end));
  const isKey = place.kind === "key" && /^\s*:/.test(state.sliceDoc(end, end + 2));
  const path = isKey ? [...place.path, word] : place.path;
  const document = readDocument(
    ensureSyntaxTree(state, state.doc.length, 200) ?? syntaxTree(state),
    state.doc.toString(),
  );
  const text = schemasAt(schema, document, path).find(
    ({ description }) => typeof description === "string" && description !== "",
  )?.["description"];
  return typeof text === "string"
    ? { title: path.filter((key) => key !== 0).join(" › "), text }
    : undefined;
}
