import { codeActions } from "../edit/actions-at.js";
import type { Source, Span } from "../model/source.js";
import { toLspDiagnostic } from "./lsp-diagnostic.js";
import type { Places } from "./places.js";
import type { Project } from "./project.js";
import { type CodeAction, CodeActionKind } from "./protocol.js";

/** Of this program alone, as editors let people choose. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.inventory2nix`;

/** What can be done at a stretch of a source; `only` are the kinds that are asked for. */
export function codeActionsAt(
  { analysis, options }: Project,
  source: Source,
  span: Span,
  { places, only }: { readonly places: Places; readonly only: readonly string[] | undefined },
): readonly CodeAction[] {
  // All that is wrong with a file is no matter of a place: it is offered where it is asked for.
  const isWanted = (kind: string) =>
    only === undefined
      ? !kind.startsWith(CodeActionKind.Source)
      : only.some((wanted) => wanted === "" || `${kind}.`.startsWith(`${wanted}.`));
  if (analysis === undefined) {
    return [];
  }
  return codeActions(analysis, { source: source.name, ...span }, options)
    .map((action) => ({ action, kind: action.kind === "source.fixAll" ? fixAllKind : action.kind }))
    .filter(({ kind }) => isWanted(kind))
    .flatMap(({ action, kind }): CodeAction[] => {
      const { title, diagnostic, isPreferred } = action;
      // On saving one file, no other is changed.
      const edits =
        kind === fixAllKind
          ? action.edits.filter(({ range }) => range.source === source.name)
          : action.edits;
      return edits.length === 0
        ? []
        : [
            {
              title,
              kind,
              isPreferred,
              ...(diagnostic !== undefined && {
                diagnostics: [toLspDiagnostic(diagnostic, places)],
              }),
              edit: places.workspaceEdit(edits),
            },
          ];
    });
}
