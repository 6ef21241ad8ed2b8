import type { Diagnostic, Fix } from "../diagnostics/diagnostic.js";

/** Something that an editor offers to do at a place. */
export interface CodeAction {
  readonly title: string;
  readonly kind: "quickfix" | "refactor.rewrite" | "source.fixAll";
  /** What it corrects. */
  readonly diagnostic?: Diagnostic;
  /** Whether no other correction is possible. */
  readonly isPreferred: boolean;
  /** Made once they are asked for; none where a text cannot be edited that way. */
  readonly edits: Fix["edits"];
}
