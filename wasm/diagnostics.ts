import type { Applicability, Diagnostic, Fix } from "../src/diagnostics/diagnostic.js";

export type WitDiagnostic = Omit<Diagnostic, "help" | "fixable" | "fixes"> & {
  readonly help: string | null;
  readonly fixable: Applicability | null;
};

/** A component's strings hold no lone surrogates, but a message may quote one. */
export function toWit({
  code,
  severity,
  message,
  range,
  related,
  help,
  fixable,
}: Diagnostic): WitDiagnostic {
  return {
    code,
    severity,
    range,
    message: message.toWellFormed(),
    related: related.map(({ message, range }) => ({ message: message.toWellFormed(), range })),
    help: help?.toWellFormed() ?? null,
    fixable: fixable ?? null,
  };
}

export function toWitFix({ title, applicability, edits }: Fix): Fix {
  return { title: title.toWellFormed(), applicability, edits: edits.map(toWitEdit) };
}

export type WitEdit = Fix["edits"][number];

export function toWitEdit({ range, text }: WitEdit): WitEdit {
  return { range, text: text.toWellFormed() };
}
