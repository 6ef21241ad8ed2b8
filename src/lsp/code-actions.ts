import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { fix } from "../edit/fix.js";
import type { Source, Span } from "../model/source.js";
import { toLspDiagnostic } from "./lsp-diagnostic.js";
import type { Places } from "./places.js";
import type { Project } from "./project.js";
import { type CodeAction, CodeActionKind } from "./protocol.js";

/** Of this program alone, as editors let people choose. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.inventory2nix`;

/** What can be done at a stretch of a source; `only` are the kinds that are asked for. */
export function codeActionsAt(
  project: Project,
  source: Source,
  span: Span,
  { places, only }: { readonly places: Places; readonly only: readonly string[] | undefined },
): readonly CodeAction[] {
  const isWanted = (kind: string) =>
    only === undefined || only.some((wanted) => `${kind}.`.startsWith(`${wanted}.`));
  return [
    ...(isWanted(CodeActionKind.QuickFix) ? quickFixes(project, source, span, places) : []),
    // Not at a lamp, but where all that is wrong with a file is asked about.
    ...(only !== undefined && isWanted(fixAllKind) ? fixAll(project, source, places) : []),
  ];
}

function quickFixes(project: Project, source: Source, span: Span, places: Places): CodeAction[] {
  return project.report.diagnostics
    .filter((diagnostic) => isAt(diagnostic, source, span))
    .flatMap((diagnostic) =>
      (diagnostic.fixes ?? []).map(
        ({ title, applicability, edits }): CodeAction => ({
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [toLspDiagnostic(diagnostic, places)],
          isPreferred: applicability === "safe",
          edit: places.workspaceEdit(edits),
        }),
      ),
    );
}

function isAt({ range }: Diagnostic, { name }: Source, { start, end }: Span): boolean {
  return range.source === name && range.start.offset <= end && range.end.offset >= start;
}

/** The safe fixes of one file. */
function fixAll({ analysis, options }: Project, source: Source, places: Places): CodeAction[] {
  const sources = [...(analysis?.documents.keys() ?? [])];
  const fixed = fix(sources, options).sources.find(({ name }) => name === source.name);
  if (fixed === undefined || fixed.text === source.text) {
    return [];
  }
  return [
    {
      title: "Apply the safe fixes",
      kind: fixAllKind,
      edit: places.workspaceEdit([difference(source, fixed.text)]),
    },
  ];
}

/** The one edit that makes another text of a source. */
function difference({ name, text: old }: Source, text: string) {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) {
    start++;
  }
  let same = 0;
  while (same < shorter - start && old[old.length - 1 - same] === text[text.length - 1 - same]) {
    same++;
  }
  const end = old.length - same;
  const position = (offset: number) => ({ line: 0, column: 0, offset });
  return {
    range: { source: name, start: position(start), end: position(end) },
    text: text.slice(start, text.length - same),
  };
}
