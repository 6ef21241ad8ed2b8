import type { Analysis } from "../compile.js";
import { prepareRename, rename } from "../edit/rename.js";
import type { Source } from "../model/source.js";
import { type Completions, complete } from "../questions/complete.js";
import { definition } from "../questions/definition.js";
import { highlights } from "../questions/highlights.js";
import { hover } from "../questions/hover.js";
import { inlays } from "../questions/inlays.js";
import { references } from "../questions/references.js";
import { symbols } from "../questions/symbols.js";
import type { At } from "../questions/view.js";
import { type Field, invalidParams } from "./check-params.js";
import { codeActionsAt, fixAllKind } from "./code-actions.js";
import { toCompletionList, withDocumentation } from "./completions.js";
import { toDocumentSymbol } from "./document-symbols.js";
import type { Places } from "./places.js";
import type { Project } from "./project.js";
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  type ServerCapabilities,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
} from "./protocol.js";

/** A file of an inventory that is asked about. */
export interface Found {
  readonly project: Project;
  readonly analysis: Analysis;
  readonly source: Source;
  readonly places: Places;
}

/** What can be asked about the files of an inventory. */
export const questionCapabilities: ServerCapabilities = {
  codeActionProvider: {
    codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind],
  },
  completionProvider: {
    triggerCharacters: [":", " ", "-", "[", "{", ",", "!", '"'],
    resolveProvider: true,
  },
  definitionProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  hoverProvider: true,
  inlayHintProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
};

/** Answers them; there is no answer about a file that `find` does not find. */
export function answerQuestions(
  connection: Connection,
  find: (uri: string) => Found | undefined,
  capabilities: () => ClientCapabilities,
): void {
  const inFile =
    <Params extends InFile, Answer>(
      answer: (found: Found, params: Params) => Answer,
      fields: readonly Field[] = [],
    ) =>
    (params: Params): Answer | ResponseError | null => {
      const invalid = invalidParams(params, ["textDocument", ...fields]);
      if (invalid !== undefined) {
        return invalid;
      }
      const found = find(params.textDocument.uri);
      return found === undefined ? null : answer(found, params);
    };
  const atPlace = <Params extends TextDocumentPositionParams, Answer>(
    answer: (found: Found, at: At, params: Params) => Answer,
    fields: readonly Field[] = [],
  ) =>
    inFile(
      (found, params: Params) => {
        const { name } = found.source;
        return answer(
          found,
          { source: name, offset: found.places.offset(name, params.position) },
          params,
        );
      },
      ["position", ...fields],
    );

  let offered: Completions | undefined;
  connection.onCompletion(
    atPlace(({ analysis, places }, at) => {
      offered = complete(analysis, at);
      return toCompletionList(offered, places, capabilities());
    }),
  );
  connection.onCompletionResolve(
    (item) =>
      invalidParams(item, ["label"]) ??
      (offered === undefined ? item : withDocumentation(item, offered)),
  );
  connection.onHover(
    atPlace(({ analysis, places }, at) => {
      const found = hover(analysis, at);
      return found === undefined
        ? null
        : {
            contents: { kind: MarkupKind.Markdown, value: found.text },
            range: places.range(found.range),
          };
    }),
  );
  connection.languages.inlayHint.on(
    inFile(
      ({ analysis, source, places }, { range }) => {
        const start = places.offset(source.name, range.start);
        const end = places.offset(source.name, range.end);
        return inlays(analysis, source.name)
          .filter(({ position: { offset } }) => offset >= start && offset <= end)
          .map(({ position, label, tooltip }) => ({
            position: places.position(source.name, position.offset),
            label,
            paddingLeft: true,
            ...(tooltip !== undefined && {
              tooltip: { kind: MarkupKind.Markdown, value: tooltip },
            }),
          }));
      },
      ["range"],
    ),
  );
  connection.onDefinition(
    atPlace(({ analysis, places }, at) =>
      definition(analysis, at).map((range) => places.location(range)),
    ),
  );
  connection.onReferences(
    atPlace(
      ({ analysis, places }, at, { context }) =>
        references(analysis, at)
          .filter(({ isDeclaration }) => context.includeDeclaration || !isDeclaration)
          .map(({ range }) => places.location(range)),
      ["context"],
    ),
  );
  connection.onDocumentHighlight(
    atPlace(({ analysis, places }, at) =>
      highlights(analysis, at).map(({ range }) => ({ range: places.range(range) })),
    ),
  );
  connection.onDocumentSymbol(
    inFile(({ analysis, source, places }) =>
      symbols(analysis, source.name).map((symbol) => toDocumentSymbol(symbol, places)),
    ),
  );
  connection.onPrepareRename(
    atPlace(({ analysis, places }, at) => {
      const found = prepareRename(analysis, at);
      return found === undefined
        ? null
        : { range: places.range(found.range), placeholder: found.name };
    }),
  );
  connection.onRenameRequest(
    atPlace(
      ({ project, analysis, places }, at, { newName }) => {
        if (prepareRename(analysis, at)?.name === newName) {
          return null;
        }
        const { mistake, edits } = rename(analysis, at, newName, project.options);
        return mistake === undefined
          ? places.workspaceEdit(edits)
          : new ResponseError(LSPErrorCodes.RequestFailed, mistake);
      },
      ["newName"],
    ),
  );
  connection.onCodeAction(
    inFile(
      ({ project, source, places }, { range, context }) => {
        const span = {
          start: places.offset(source.name, range.start),
          end: places.offset(source.name, range.end),
        };
        return [
          ...codeActionsAt(project, source, span, { places, only: context.only ?? undefined }),
        ];
      },
      ["range", "context"],
    ),
  );
}

interface InFile {
  readonly textDocument: TextDocumentIdentifier;
}
