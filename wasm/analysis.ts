import {
  Analysis,
  analyze,
  type CheckResult,
  type CompileResult,
  type ExplainResult,
  type PlanResult,
} from "../src/compile.js";
import type { Diagnostic, Fix } from "../src/diagnostics/diagnostic.js";
import { locateOffsets } from "../src/diagnostics/locate.js";
import { answerTooLong } from "../src/diagnostics/output-messages.js";
import type { Stretch } from "../src/edit/actions-at.js";
import { type EditResult, editAnalysis } from "../src/edit/edit-inventory.js";
import { prepareRename, type Renamable, rename } from "../src/edit/rename.js";
import { type CompileOptions, longestAnswer, type OutputLanguage } from "../src/model/options.js";
import type { Range, Source } from "../src/model/source.js";
import { definition } from "../src/questions/definition.js";
import { diff } from "../src/questions/diff.js";
import { highlights } from "../src/questions/highlights.js";
import { type Hover, hover } from "../src/questions/hover.js";
import { inlays } from "../src/questions/inlays.js";
import { type Reference, references } from "../src/questions/references.js";
import { symbols } from "../src/questions/symbols.js";
import type { At } from "../src/questions/view.js";
import { graph } from "../src/show/mermaid.js";
import { answer } from "./answer.js";
import {
  lengthOf,
  type WitDifference,
  type WitExplanation,
  type WitPlan,
  witDifference,
  witExplanation,
  witPlan,
} from "./answers.js";
import { toWit, toWitFix, type WitDiagnostic } from "./diagnostics.js";
import { toChange, type WitChange, type WitEditing, witEditing } from "./edits.js";
import {
  type Optional,
  readServices,
  toOptions,
  toSource,
  type WitOptions,
  type WitSource,
} from "./input.js";
import {
  type WitCodeAction,
  type WitCompletions,
  type WitInlay,
  type WitSymbol,
  witCodeActions,
  witCompletions,
  witHover,
  witInlay,
  witSymbols,
} from "./questions.js";

export type WitQuestion = { readonly machine: string } & Optional<{
  instance: string;
  setting: string;
}>;

export interface WitCompilation {
  readonly text: string | null;
  readonly diagnostics: readonly WitDiagnostic[];
}

/** The resource `analysis` of the WIT package, whose absent options arrive as `null`. */
export class WitAnalysis {
  private constructor(
    /** The library's; or what is wrong with the catalogues. */
    private readonly analysis: Analysis | readonly Diagnostic[],
    private readonly sources: readonly Source[],
    private readonly options: CompileOptions,
  ) {}

  static analyze(
    sources: readonly WitSource[],
    options: WitOptions,
    earlier?: WitAnalysis | null,
  ): WitAnalysis {
    return answer(() => {
      const { catalogue, diagnostics } = readServices(options.services);
      const texts = sources.map(toSource);
      const known = earlier?.analysis instanceof Analysis ? earlier.analysis : undefined;
      const given = toOptions(options, catalogue);
      const analysis = diagnostics.length > 0 ? diagnostics : analyze(texts, given, known);
      return new WitAnalysis(analysis, texts, given);
    });
  }

  diagnostics(): readonly WitDiagnostic[] {
    return answer(() => this.ask(({ diagnostics }) => ({ diagnostics })).diagnostics.map(toWit));
  }

  fixes(): readonly (readonly Fix[])[] {
    return answer(() =>
      this.ask(({ diagnostics }) => ({ diagnostics })).diagnostics.map(({ fixes = [] }) =>
        fixes.map(toWitFix),
      ),
    );
  }

  emit(to?: OutputLanguage | null): WitCompilation {
    return answer(() => {
      const { text, diagnostics } = this.ask<CompileResult>((it) => it.emit(to ?? undefined));
      return { text: text?.toWellFormed() ?? null, diagnostics: diagnostics.map(toWit) };
    });
  }

  plan(): { plan: WitPlan | null; diagnostics: readonly WitDiagnostic[] } {
    return answer(() => {
      const { plan, diagnostics } = this.planned();
      const { record, excess } = this.bounded(plan && witPlan(plan));
      return { plan: record, diagnostics: [...diagnostics, ...excess].map(toWit) };
    });
  }

  explain({ machine, instance, setting }: WitQuestion): {
    explanation: WitExplanation | null;
    mistake: string | null;
    diagnostics: readonly WitDiagnostic[];
  } {
    return answer(() => {
      const question = { machine, instance: instance ?? undefined, setting: setting ?? undefined };
      const { explanation, mistake, diagnostics } = this.ask<ExplainResult>((it) =>
        it.explain(question),
      );
      const { record, excess } = this.bounded(explanation && witExplanation(explanation));
      return {
        explanation: record,
        mistake: mistake?.toWellFormed() ?? null,
        diagnostics: [...diagnostics, ...excess].map(toWit),
      };
    });
  }

  graph(): { graph: string | null; diagnostics: readonly WitDiagnostic[] } {
    return answer(() => {
      const { plan, diagnostics } = this.planned();
      const drawn = plan === undefined ? null : graph(plan).toWellFormed();
      return { graph: drawn, diagnostics: diagnostics.map(toWit) };
    });
  }

  /** How what machines get here differs from what they get in an earlier version. */
  since(before: WitAnalysis): {
    difference: WitDifference | null;
    before: readonly WitDiagnostic[];
    after: readonly WitDiagnostic[];
  } {
    return answer(() => {
      const old = before.planned();
      const now = before === this ? old : this.planned();
      const difference = old.plan && now.plan && witDifference(diff(old.plan, now.plan));
      const { record, excess } = this.bounded(difference);
      return {
        difference: record,
        before: old.diagnostics.map(toWit),
        after: [...now.diagnostics, ...excess].map(toWit),
      };
    });
  }

  edit(change: WitChange): WitEditing {
    return this.edited((it) => editAnalysis(it, toChange(change), this.options));
  }

  rename(at: At, newName: string): WitEditing {
    return this.edited((it) => rename(it, at, newName, this.options));
  }

  prepareRename(at: At): Renamable | null {
    return this.of((it) => prepareRename(it, at) ?? null, null);
  }

  complete(at: At): WitCompletions {
    return this.of((it) => witCompletions(it, at), { items: [], isComplete: true });
  }

  hover(at: At): Hover | null {
    return this.of((it) => witHover(hover(it, at)), null);
  }

  inlays(source: string): readonly WitInlay[] {
    return this.of((it) => inlays(it, source).map(witInlay), []);
  }

  definition(at: At): readonly Range[] {
    return this.of((it) => definition(it, at), []);
  }

  references(at: At): readonly Reference[] {
    return this.of((it) => references(it, at), []);
  }

  highlights(at: At): readonly Reference[] {
    return this.of((it) => highlights(it, at), []);
  }

  symbols(source: string): readonly WitSymbol[] {
    return this.of((it) => witSymbols(symbols(it, source)), []);
  }

  codeActions(at: Stretch): readonly WitCodeAction[] {
    return this.of((it) => witCodeActions(it, at, this.options), []);
  }

  /** What an editor is answered; `nothing` where the catalogues are wrong. */
  private of<T>(question: (analysis: Analysis) => T, nothing: T): T {
    return answer(() => (this.analysis instanceof Analysis ? question(this.analysis) : nothing));
  }

  private edited(change: (analysis: Analysis) => EditResult): WitEditing {
    return answer(() => {
      const unchanged = { edits: [], sources: this.sources };
      return witEditing(
        this.analysis instanceof Analysis
          ? change(this.analysis)
          : { ...unchanged, diagnostics: this.analysis },
      );
    });
  }

  private planned(): PlanResult {
    return this.ask<PlanResult>((it) => it.plan());
  }

  private ask<Result extends CheckResult>(question: (analysis: Analysis) => Result) {
    return this.analysis instanceof Analysis
      ? question(this.analysis)
      : ({ diagnostics: this.analysis } as Result);
  }

  /** A record to answer with, if it is there and no longer than an output may be. */
  private bounded<T extends object>(
    record: T | undefined,
  ): { readonly record: T | null; readonly excess: readonly Diagnostic[] } {
    const limit = this.options.limits?.output ?? longestAnswer;
    if (record === undefined || lengthOf(record) <= limit) {
      return { record: record ?? null, excess: [] };
    }
    const source = this.sources[0]!;
    const finding = answerTooLong({ source, start: 0, end: 0 }, limit);
    return { record: null, excess: locateOffsets([finding], [source]) };
  }
}
