import type { Host } from "../cli/host.js";
import { toSlashes } from "../cli/host-paths.js";
import { withMachineFolders } from "../cli/machine-help.js";
import type { Invocation } from "../cli/parse-arguments.js";
import { gatherInput, type Input } from "../cli/read-input.js";
import { isRefusal, type Refusal } from "../cli/refusal.js";
import { locateOwn, withSourcesOf } from "../cli/report.js";
import { type Analysis, analyze } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { locateOffsets } from "../diagnostics/locate.js";
import type { Source } from "../model/source.js";

/** What is wrong with an inventory. */
export interface Report {
  /** What the diagnostics are about. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
  /** Why nothing else is known: a wrong setting. */
  readonly problems: readonly string[];
}

/**
 * One inventory in an editor: what the command without arguments finds in a folder. It is read and
 * analysed when it is asked for.
 */
export class Project {
  #input: Input | Refusal | undefined;
  #analysis: Analysis | undefined;
  #isCurrent = false;
  #report: Report | undefined;

  constructor(
    /** Of this folder. */
    private readonly host: Host,
    private readonly invocation: Invocation,
  ) {}

  get folder(): string {
    return this.host.cwd;
  }

  get options(): Input["options"] {
    const { input } = this;
    return isRefusal(input) ? {} : input.options;
  }

  /** Absent where the input cannot be read. */
  get analysis(): Analysis | undefined {
    const { input } = this;
    if (isRefusal(input)) {
      return undefined;
    }
    if (!this.#isCurrent) {
      this.#analysis = analyze(input.sources, input.options, this.#analysis);
      this.#isCurrent = true;
    }
    return this.#analysis;
  }

  get report(): Report {
    this.#report ??= this.makeReport();
    return this.#report;
  }

  /** The source that a file is, if it is one of the inventory. */
  sourceAt(path: string): Source | undefined {
    const { input } = this;
    const slashed = toSlashes(path, this.host.paths);
    return isRefusal(input) ? undefined : input.sources.find((source) => source.path === slashed);
  }

  /** Another text for a file, which may be one of the inventory. */
  setText(path: string, text: string): void {
    const { input } = this;
    const changed = this.sourceAt(path);
    if (isRefusal(input)) {
      this.invalidate();
    } else if (changed !== undefined) {
      const sources = input.sources.map((source) =>
        source === changed ? { ...source, text } : source,
      );
      this.outdate({ ...input, sources });
    }
  }

  /** The files may be others now. */
  invalidate(): void {
    this.outdate(undefined);
  }

  private makeReport(): Report {
    const { input } = this;
    if (!isRefusal(input)) {
      const { notes, machines } = input;
      const sources = withSourcesOf(notes, input.sources);
      const found = [...locateOffsets(notes, sources), ...this.analysis!.diagnostics];
      return { sources, diagnostics: withMachineFolders(found, machines), problems: [] };
    }
    if ("problems" in input) {
      return { sources: [], diagnostics: [], problems: input.problems };
    }
    if ("findings" in input) {
      const sources = input.findings.map(({ place }) => place.source);
      const diagnostics = locateOwn(input.findings, this.invocation);
      return { sources, diagnostics, problems: [] };
    }
    return { sources: [input.source], diagnostics: input.diagnostics, problems: [] };
  }

  private outdate(input: Input | undefined): void {
    this.#input = input;
    this.#isCurrent = false;
    this.#report = undefined;
  }

  private get input(): Input | Refusal {
    this.#input ??= gatherInput(this.invocation, this.host);
    return this.#input;
  }
}
