import type { Finding } from "../../diagnostics/diagnostic.js";
import type { Content } from "../../model/document.js";

/** What a YAML text says, and what is wrong with it. */
export interface YamlReading {
  readonly findings: readonly Finding[];
  /** Absent where nothing can be said of what the text means. */
  readonly said?: Content | undefined;
}
