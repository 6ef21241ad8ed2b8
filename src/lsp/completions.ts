import type { Completion, Completions } from "../questions/complete.js";
import type { Places } from "./places.js";
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from "./protocol.js";

/** What may be written, in the words of the protocol; an item's documentation is asked for apart. */
export function toCompletionList(
  { items, isComplete }: Completions,
  places: Places,
  capabilities: ClientCapabilities,
): CompletionList {
  const { completionItem = {} } = capabilities.textDocument?.completion ?? {};
  const keepsIndentation =
    completionItem.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true;
  const takesSnippets = completionItem.snippetSupport === true;
  return {
    isIncomplete: !isComplete,
    items: items.map((item, index): CompletionItem => {
      const { label, kind, detail, filterText, sortText, edit, additionalEdits } = item;
      const range = places.range(edit.range);
      return {
        label,
        kind: kinds[kind],
        filterText,
        sortText,
        data: index,
        ...(detail !== undefined && { detail }),
        ...(additionalEdits.length > 0 && {
          additionalTextEdits: additionalEdits.map(({ range, text }) => ({
            range: places.range(range),
            newText: text,
          })),
        }),
        ...(keepsIndentation && { insertTextMode: InsertTextMode.asIs }),
        // Where an editor may indent the lines of a snippet once more, it gets a text.
        ...(takesSnippets && item.caret !== undefined && (keepsIndentation || isOneLine(item))
          ? {
              insertTextFormat: InsertTextFormat.Snippet,
              textEdit: { range, newText: asSnippet(edit.text, item.caret) },
            }
          : { textEdit: { range, newText: edit.text } }),
      };
    }),
  };
}

/** The item with what is told of it once it is looked at. */
export function withDocumentation(item: CompletionItem, from: Completions): CompletionItem {
  const offered = from.items[item.data as number];
  const value = offered?.documentation;
  // It may have been offered before others were.
  return value === undefined || offered?.label !== item.label
    ? item
    : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

function isOneLine({ edit }: Completion): boolean {
  return !edit.text.includes("\n");
}

/** A text as a snippet in which the cursor goes on at an offset. */
function asSnippet(text: string, caret: number): string {
  const escaped = (part: string) => part.replace(/[\\$}]/g, "\\$&");
  return `${escaped(text.slice(0, caret))}$0${escaped(text.slice(caret))}`;
}

const kinds: { readonly [kind in Completion["kind"]]: CompletionItemKind } = {
  key: CompletionItemKind.Property,
  machine: CompletionItemKind.Variable,
  tag: CompletionItemKind.EnumMember,
  instance: CompletionItemKind.Variable,
  service: CompletionItemKind.Module,
  input: CompletionItemKind.Module,
  role: CompletionItemKind.Interface,
  setting: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  form: CompletionItemKind.Keyword,
  path: CompletionItemKind.File,
};
