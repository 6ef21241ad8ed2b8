import type { Source } from "../model/source.js";
import type { Client } from "./client.js";
import { toLspDiagnostic } from "./lsp-diagnostic.js";
import type { Places } from "./places.js";
import type { Report } from "./project.js";
import type { PublishDiagnosticsParams } from "./protocol.js";
import type { Workspace } from "./workspace.js";

/** In milliseconds: how long an editor must be still before it is told what is wrong. */
const shortestPause = 20;
const longestPause = 400;

/** Tells an editor what is wrong in all inventories of its workspace, whenever that has changed. */
export class Publisher {
  /** What it was told last, by address. */
  private published = new Map<string, string>();
  private problems = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A pause is about as long as it took to find out the last time. */
  private pause = shortestPause;

  constructor(
    private readonly client: Client,
    private readonly workspace: Workspace,
    private readonly placesIn: (sources: readonly Source[]) => Places,
  ) {}

  /** Something has changed, and more may follow at once. */
  schedule(pause = this.pause): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.publish(), pause);
  }

  private publish(): void {
    const start = performance.now();
    try {
      const reports = this.workspace.all.map(({ report }) => report);
      this.send(reports.flatMap((report) => this.toParams(report)));
      this.showProblems(reports.flatMap(({ problems }) => problems));
    } catch (error) {
      // A bug of ours; the next change may be past it.
      this.client.showError(`internal error: ${(error as Error).stack}`);
    }
    const duration = performance.now() - start;
    this.pause = Math.min(Math.max(duration, shortestPause), longestPause);
  }

  /** What there is to say about each source, also where that is nothing. */
  private toParams({ sources, diagnostics }: Report): readonly PublishDiagnosticsParams[] {
    const places = this.placesIn(sources);
    const lists = new Map(
      sources.map(({ name }) => [name, [] as PublishDiagnosticsParams["diagnostics"]]),
    );
    for (const diagnostic of diagnostics) {
      lists.get(diagnostic.range.source)!.push(toLspDiagnostic(diagnostic, places));
    }
    return [...lists].map(([name, diagnostics]) => {
      const version = places.version(name);
      return { uri: places.uri(name), ...(version !== undefined && { version }), diagnostics };
    });
  }

  /** Tells of each file what has changed; nothing is wrong with those that are gone. */
  private send(all: readonly PublishDiagnosticsParams[]): void {
    const current = new Map(all.map((params) => [params.uri, JSON.stringify(params)]));
    for (const params of all) {
      const before = this.published.get(params.uri);
      const isNews = before !== current.get(params.uri);
      const isNothing = before === undefined && params.diagnostics.length === 0;
      if (isNews && !(isNothing && params.version === undefined)) {
        this.client.publish(params);
      }
    }
    for (const uri of this.published.keys()) {
      if (!current.has(uri)) {
        this.client.publish({ uri, diagnostics: [] });
      }
    }
    this.published = current;
  }

  private showProblems(problems: readonly string[]): void {
    const text = problems.join("\n");
    if (text !== this.problems && text !== "") {
      this.client.showError(text);
    }
    this.problems = text;
  }
}
