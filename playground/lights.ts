import type { Inventory } from "./answer.js";
import type { Compiler } from "./compiler.js";
import type { Editor } from "./editor/editor.js";
import type { Focus } from "./focus.js";
import type { File } from "./state.js";

/** What is lit: the page around the editor. */
export interface LightsContext {
  inventory(): Inventory;
  /** The file that is shown. */
  file(): File;
  /** Lights up what the cursor is on in the view that is shown. */
  light(focus: Focus): void;
  /** The cursor came to something else. */
  cameTo(focus: Focus): void;
}

/** Lets light up in one half of the page what the cursor is on in the other. */
export class Lights {
  private coloured: File | undefined;
  private last = "{}";
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly compiler: Compiler,
    private readonly editor: Editor,
    private readonly context: LightsContext,
  ) {}

  /** The cursor or the text changed. */
  followSoon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      // Nothing lights up where the compiler does not answer.
      this.colour().catch(() => {});
      this.follow().catch(() => {});
    }, 80);
  }

  /** Lights up what the files say of something that is pointed at. */
  async point(focus: Focus): Promise<void> {
    const file = this.context.file();
    const ranges = await this.compiler.ask("placesOf", this.context.inventory(), focus);
    if (file === this.context.file()) {
      const own = ranges.filter(({ source }) => source === file.name);
      this.editor.lightUp(own.map(({ start, end }) => ({ from: start.offset, to: end.offset })));
    }
  }

  private async follow(): Promise<void> {
    const at = { source: this.context.file().name, offset: this.editor.cursor() };
    const focus = await this.compiler.ask("focusAt", this.context.inventory(), at);
    this.context.light(focus);
    const place = JSON.stringify(focus);
    if (place !== this.last) {
      this.last = place;
      this.context.cameTo(focus);
    }
  }

  /** Gives the names in the file their colours, once for each text. */
  private async colour(): Promise<void> {
    const file = this.context.file();
    if (file === this.coloured) {
      return;
    }
    this.coloured = file;
    const names = await this.compiler.ask("namesIn", this.context.inventory(), file.name);
    if (file === this.context.file()) {
      this.editor.colour(names);
    }
  }
}
