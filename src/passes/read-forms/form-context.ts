import type { Report } from "../../diagnostics/diagnostic.js";
import type { Data } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import type { Value } from "../../model/value.js";

/** Reads values that sources share, each once for each way to read it. */
export interface SharedValues {
  /** The value that `!value` names; `origin` is the name's. */
  read(name: string, origin: Origin, context: FormContext, read: ReadData): Value;
}

/** How data is read: as a value, or as modules. */
export type ReadData = (data: Data, origin: Origin, context: FormContext) => Value;

/** What the forms of one source depend on. */
export interface FormContext {
  /** The folder of the source below `root`: empty for `root` itself, else `/sub/folder`. */
  readonly folder: string;
  readonly allowNix: boolean;
  readonly report: Report;
  /** The values of all sources that `!value` names; absent where there are none. */
  readonly shared?: SharedValues | undefined;
  /** Whether these are the parts of a shared value, and whether anything uses it. */
  readonly within?: "used" | "unused";
  /** Records a path that leads to a file of the project. */
  readonly notePath?: (path: WrittenPath) => void;
}

/** A path below `root`, and how it is written. */
export interface WrittenPath {
  readonly path: string;
  readonly text: string;
  readonly origin: Origin;
}
