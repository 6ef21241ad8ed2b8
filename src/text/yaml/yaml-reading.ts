import type { Finding } from "../../diagnostics/diagnostic.js";
import type { Content } from "../../model/document.js";
import type { Syntax } from "../syntax.js";

/** What a YAML text says, and where all of it is. */
export interface YamlContent extends Content {
  /** Absent, as what it answers, where what was kept of the text does not say. */
  readonly syntax?: () => Syntax | undefined;
}

/** What a YAML text says, and what is wrong with it. */
export interface YamlReading {
  readonly findings: readonly Finding[];
  /** Absent where nothing can be said of what the text means. */
  readonly said?: YamlContent | undefined;
}
