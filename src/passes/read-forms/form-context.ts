import type { Report } from "../../diagnostics/diagnostic.js";

/** What the forms of one source depend on. */
export interface FormContext {
  /** The folder of the source below `root`: empty for `root` itself, else `/sub/folder`. */
  readonly folder: string;
  readonly allowNix: boolean;
  readonly report: Report;
}
