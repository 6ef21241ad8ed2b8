import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { Diagnostic, Fix, Range } from "../src/index.js";
import type { Inventory, Offer } from "./answer.js";
import type { Compiler } from "./compiler.js";
import { askForText, pick } from "./dialogs.js";
import { h } from "./dom.js";
import { drawMarkdown } from "./editor/draw-markdown.js";
import type { HoverAnswer, Language } from "./editor/language-service.js";
import { notify } from "./notice.js";
import { toast } from "./toast.js";

/** The page around the editor. */
export interface LanguageContext {
  inventory(): Inventory;
  /** The name of the file that is shown. */
  file(): string;
  diagnostics(): readonly Diagnostic[];
  apply(change: Pick<Fix, "edits">): void;
  goTo(range: Range): void;
}

/** The compiler's language service for the file that is shown. */
export class EditorLanguage implements Language {
  constructor(
    private readonly compiler: Compiler,
    private readonly context: LanguageContext,
  ) {}

  readonly complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    if (!context.explicit && !isAsking(context)) {
      return null;
    }
    const inventory = this.context.inventory();
    const at = this.at(context.pos);
    const offers = await this.compiler.ask("complete", inventory, at);
    if (context.aborted || offers.length === 0) {
      return null;
    }
    // Those that start on another line take the blanks before it, too.
    const from = Math.max(...offers.map((offer) => offer.from));
    const describe = (index: number) => this.compiler.ask("documentationOf", inventory, at, index);
    return {
      from,
      options: offers.map((offer, index) => toCompletion(offer, index, from, describe)),
      validFor: /^[!"'\w$.:@*/-]*$/,
    };
  };

  async hover(offset: number): Promise<HoverAnswer | undefined> {
    const inventory = this.context.inventory();
    const found = this.findingsAt(offset);
    const known = await this.compiler.ask("hover", inventory, this.at(offset));
    const findings = await Promise.all(
      found.map(async (diagnostic) => ({
        ...diagnostic,
        fixes:
          diagnostic.fixable === undefined
            ? []
            : await this.compiler.ask("fixesOf", inventory, diagnostic),
      })),
    );
    const range = known?.range ?? found[0]?.range;
    return (
      range && {
        from: range.start.offset,
        to: range.end.offset,
        findings,
        text: known?.text,
      }
    );
  }

  async define(offset: number): Promise<void> {
    const [range] = await this.compiler.ask(
      "definition",
      this.context.inventory(),
      this.at(offset),
    );
    if (range === undefined) {
      return toast("There is no name here that is defined in the inventory.");
    }
    this.context.goTo(range);
  }

  async rename(offset: number): Promise<void> {
    const inventory = this.context.inventory();
    const found = await this.compiler.ask("prepareRename", inventory, this.at(offset));
    if (found === undefined) {
      return toast("There is no machine, tag or instance here to rename.");
    }
    const name = await askForText(`Rename ${found.name}`, "New name", found.name);
    if (name === undefined || name === found.name) {
      return;
    }
    const renamed = await this.compiler.ask("rename", inventory, this.at(offset), name);
    if (renamed.mistake !== undefined) {
      notify(`Not renamed: ${renamed.mistake}.`);
      return;
    }
    this.context.apply(renamed);
  }

  async offerActions(offset: number): Promise<void> {
    const inventory = this.context.inventory();
    const actions = await this.compiler.ask("codeActions", inventory, this.at(offset));
    if (actions.length === 0) {
      return toast("There is nothing to fix or to rewrite here.");
    }
    const index = await pick(
      "Fixes and changes",
      actions.map(({ title }) => title),
    );
    if (index !== undefined) {
      this.context.apply(actions[index]!);
    }
  }

  apply(fix: Pick<Fix, "edits">): void {
    this.context.apply(fix);
  }

  private at(offset: number): { readonly source: string; readonly offset: number } {
    return { source: this.context.file(), offset };
  }

  private findingsAt(offset: number): readonly Diagnostic[] {
    const file = this.context.file();
    return this.context
      .diagnostics()
      .filter(
        ({ range }) =>
          range.source === file && range.start.offset <= offset && offset <= range.end.offset,
      );
  }
}

/** Whether something was typed to go on from, or there is something to choose. */
function isAsking({ state, pos }: CompletionContext): boolean {
  const line = state.doc.lineAt(pos);
  return /[\w!"'$.*-]$|[[{,]\s?$|: $/.test(line.text.slice(0, pos - line.from));
}

function toCompletion(
  { label, detail, kind, filterText, edits, from, caret }: Offer,
  index: number,
  start: number,
  describe: (index: number) => Promise<string | undefined>,
): Completion {
  const [own, ...others] = edits;
  return {
    label: filterText,
    displayLabel: label,
    type: kind,
    boost: -index / 1000,
    ...(detail !== undefined && { detail }),
    info: async () => {
      const text = await describe(index);
      return text === undefined ? null : h("div", {}, ...drawMarkdown(text));
    },
    apply(view: EditorView, _: Completion, typedFrom: number, to: number) {
      const at = typedFrom - (start - from);
      const more = others.map(({ from, to, insert }) => ({ from, to, insert }));
      const inserted = more.reduce((sum, { insert }) => sum + insert.length, 0);
      view.dispatch({
        changes: [...more, { from: at, to, insert: own!.insert }],
        selection: { anchor: at + inserted + (caret ?? own!.insert.length) },
        userEvent: "input.complete",
        scrollIntoView: true,
      });
    },
  };
}
