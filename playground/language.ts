import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Diagnostic, Fix, Range } from "../src/index.js";
import type { Inventory } from "./answer.js";
import type { Compiler } from "./compiler.js";
import type { HoverAnswer, Language } from "./editor/language-service.js";

/** The page around the editor. */
export interface LanguageContext {
  inventory(): Inventory;
  /** The name of the file that is shown. */
  file(): string;
  diagnostics(): readonly Diagnostic[];
  apply(fix: Pick<Fix, "edits">): void;
  goTo(range: Range): void;
}

/** The compiler's language service for the file that is shown. */
export class EditorLanguage implements Language {
  constructor(
    private readonly compiler: Compiler,
    private readonly context: LanguageContext,
  ) {}

  readonly complete = async (_: CompletionContext): Promise<CompletionResult | null> => null;

  async hover(offset: number): Promise<HoverAnswer | undefined> {
    const found = this.findingsAt(offset);
    if (found.length === 0) {
      return undefined;
    }
    const findings = await Promise.all(
      found.map(async ({ diagnostic, index }) => ({
        ...diagnostic,
        fixes:
          diagnostic.fixable === undefined
            ? []
            : await this.compiler.ask("fixesOf", this.context.inventory(), index),
      })),
    );
    const { start, end } = found[0]!.diagnostic.range;
    return { from: start.offset, to: end.offset, findings };
  }

  define(_offset: number): void {}

  rename(_offset: number): void {}

  offerActions(_offset: number): void {}

  apply(fix: Pick<Fix, "edits">): void {
    this.context.apply(fix);
  }

  private findingsAt(
    offset: number,
  ): readonly { readonly diagnostic: Diagnostic; readonly index: number }[] {
    const file = this.context.file();
    return this.context
      .diagnostics()
      .map((diagnostic, index) => ({ diagnostic, index }))
      .filter(
        ({ diagnostic: { range } }) =>
          range.source === file && range.start.offset <= offset && offset <= range.end.offset,
      );
  }
}
