import type { Report } from "../../diagnostics/diagnostic.js";
import type { Origin } from "../../model/origin.js";

/** What the forms of one source depend on. */
export interface FormContext {
  /** The folder of the source below `root`: empty for `root` itself, else `/sub/folder`. */
  readonly folder: string;
  readonly allowNix: boolean;
  readonly report: Report;
  /** Records a path that leads to a file of the project. */
  readonly notePath?: (path: WrittenPath) => void;
}

/** A path below `root`, and how it is written. */
export interface WrittenPath {
  readonly path: string;
  readonly text: string;
  readonly origin: Origin;
}
