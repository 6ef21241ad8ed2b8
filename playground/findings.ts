import type { Diagnostic } from "../src/index.js";
import { byId } from "./dom.js";
import type { Editor } from "./editor/editor.js";
import { announce, type ProblemActions, showProblems } from "./problems.js";
import type { File } from "./state.js";

/** Who types on a line does not want to be told yet what is wrong with it, in milliseconds. */
const rest = 600;

/** What is found, as marks in the editor and as a list. */
export class Findings {
  private all: readonly Diagnostic[] = [];
  private shown: readonly Diagnostic[] = [];
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly editor: Editor,
    private readonly file: () => File,
    private readonly actions: ProblemActions,
  ) {
    byId("fix-all").addEventListener("click", () => actions.fixAll());
  }

  show(diagnostics: readonly Diagnostic[]): void {
    this.all = diagnostics;
    this.draw();
  }

  /** A key was typed: what is found on its line waits. */
  typed(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = undefined;
      this.draw();
    }, rest);
  }

  /** Marks the file that is shown. */
  mark(): void {
    this.editor.mark(this.shown);
  }

  private draw(): void {
    this.shown = this.resting === undefined ? this.all : this.all.filter(this.isElsewhere());
    this.mark();
    showProblems(
      { list: byId("problems"), summary: byId("summary"), fixAll: byId("fix-all") },
      this.shown,
      this.actions,
    );
    if (this.resting === undefined) {
      byId("announcer").textContent = announce(this.all);
    }
  }

  private isElsewhere(): (diagnostic: Diagnostic) => boolean {
    const { name, text } = this.file();
    const line = text.slice(0, this.editor.cursor()).split("\n").length;
    return ({ range: { source, start, end } }) =>
      source !== name || end.line < line || start.line > line;
  }
}
