import { version } from "../src/generated/package.js";
import {
  type Analysis,
  analyze,
  type Catalogue,
  type CodeAction,
  type CompileOptions,
  codeActions,
  complete,
  type Diagnostic,
  definition,
  diff,
  type EditResult,
  type Fix,
  fix,
  graph,
  type Hover,
  hover,
  type OutputLanguage,
  type Plan,
  prepareRename,
  type Range,
  type Renamable,
  readCatalogue,
  rename,
  type Source,
} from "../src/index.js";
import { uniteCatalogues } from "../src/model/catalogue.js";
import { valueAt } from "../src/model/data.js";
import { placeAt } from "../src/questions/place-at.js";
import type { At } from "../src/questions/view.js";
import type { Answer, Asked, Content, Fleet, Inventory, Offer, Question } from "./answer.js";
import { type Focus, focusOf } from "./focus.js";
import { inPageWords } from "./page-words.js";
import { type NamePlace, namesIn, placesOf } from "./places.js";
import { difference, explain, explanation, fleet, planOf, settingLines } from "./plain-answers.js";

/**
 * The compiler as the page asks it. It remembers the inventory that was asked about last, of which
 * only changed sources are read again. Mistakes in the sources are diagnostics; an exception is a
 * bug of ours.
 */
export class Engine {
  private readonly asked = new Memory();
  private readonly baseline = new Memory();

  show(inventory: Inventory, { view, question, baseline }: Asked): Answer {
    const start = performance.now();
    const now = this.asked.read(inventory);
    const plan = planOf(now);
    const old = this.baseline.read({ ...inventory, sources: baseline });
    const before = isEmpty(old) ? nothing() : old.hasErrors ? undefined : planOf(old);
    const { content, diagnostics } = answerFor(view, now, plan, question);
    const answer = {
      diagnostics: [...diagnostics, ...mistakesInServices(inventory)].map(toShow),
      fleet: plan && fleet(plan, now),
      difference: plan && before && difference(diff(before, plan)),
      baselineErrors: before === undefined ? old.diagnostics.map(toShow) : [],
      content,
    };
    return { ...answer, milliseconds: performance.now() - start };
  }

  /** What the machines of an inventory get, which is not the one on the page. */
  fleet({ sources, options }: Inventory): Fleet | undefined {
    const analysis = analyze(sources, toCompileOptions(options));
    const plan = planOf(analysis);
    return plan && fleet(plan, analysis);
  }

  /** The output, as `show` would show it; absent if there is any error. */
  emit(inventory: Inventory, to: OutputLanguage): string | undefined {
    return this.asked.read(inventory).emit(to).text;
  }

  /** The settings of a machine in an instance, each as a line. */
  settingsOf(inventory: Inventory, { machine, instance }: Question): readonly string[] {
    const explanation = explain(this.asked.read(inventory), { machine, instance });
    return settingLines(explanation?.memberships ?? []);
  }

  /** What a place in a file is about. */
  focusAt(inventory: Inventory, at: At): Focus {
    const analysis = this.asked.read(inventory);
    const place = placeAt(analysis, at);
    if (place === undefined) {
      return {};
    }
    const data = analysis.documents.get(place.source)?.value;
    const name = data === undefined ? undefined : valueAt(data, place.path);
    return focusOf(place.path, typeof name === "string" ? name : undefined);
  }

  /** What may be written at a place; documentation is asked for one by one. */
  complete(inventory: Inventory, at: At): readonly Offer[] {
    const { items } = complete(this.asked.read(inventory), at);
    return items.map(({ label, kind, detail, filterText, edit, caret, additionalEdits }) => ({
      label,
      kind,
      detail,
      filterText,
      from: edit.range.start.offset,
      edits: [edit, ...additionalEdits].map(({ range, text }) => ({
        from: range.start.offset,
        to: range.end.offset,
        insert: text,
      })),
      caret,
    }));
  }

  /** What is known of one of the offers at a place: Markdown. */
  documentationOf(inventory: Inventory, at: At, index: number): string | undefined {
    return complete(this.asked.read(inventory), at).items[index]?.documentation;
  }

  hover(inventory: Inventory, at: At): Hover | undefined {
    return hover(this.asked.read(inventory), at);
  }

  definition(inventory: Inventory, at: At): readonly Range[] {
    return definition(this.asked.read(inventory), at);
  }

  prepareRename(inventory: Inventory, at: At): Renamable | undefined {
    return prepareRename(this.asked.read(inventory), at);
  }

  /** The edits that rename what is at a place; or why it keeps its name. */
  rename(inventory: Inventory, at: At, name: string): Pick<EditResult, "edits" | "mistake"> {
    const options = toCompileOptions(inventory.options);
    const { edits, mistake } = rename(this.asked.read(inventory), at, name, options);
    return { edits, ...(mistake !== undefined && { mistake }) };
  }

  codeActions(
    inventory: Inventory,
    { source, offset }: At,
  ): readonly Pick<CodeAction, "title" | "edits">[] {
    const options = toCompileOptions(inventory.options);
    const at = { source, start: offset, end: offset };
    return codeActions(this.asked.read(inventory), at, options).map(({ title, edits }) => ({
      title,
      edits,
    }));
  }

  /** The names in a file. */
  namesIn(inventory: Inventory, file: string): readonly NamePlace[] {
    return namesIn(this.asked.read(inventory), file);
  }

  /** Where the files say what a focus is about. */
  placesOf(inventory: Inventory, focus: Focus): readonly Range[] {
    return placesOf(this.asked.read(inventory), focus);
  }

  /** The ways to correct what was found. */
  fixesOf(inventory: Inventory, { code, message, range }: Diagnostic): readonly Fix[] {
    const found = this.asked
      .read(inventory)
      .diagnostics.find(
        (diagnostic) =>
          diagnostic.code === code &&
          diagnostic.message === message &&
          diagnostic.range.source === range.source &&
          diagnostic.range.start.offset === range.start.offset,
      );
    return found?.fixes ?? [];
  }

  /** The sources with the best fix of each finding applied, and how many these were. */
  fixAll({ sources, options }: Inventory): {
    readonly sources: readonly Source[];
    readonly applied: number;
  } {
    const fixed = fix(sources, toCompileOptions(options), "unsafe");
    return { sources: fixed.sources, applied: fixed.applied };
  }

  version(): string {
    return version;
  }
}

/** The analysis of the newest inventory. */
class Memory {
  private inventory = "";
  private analysis: Analysis | undefined;

  read({ sources, options }: Inventory): Analysis {
    const inventory = JSON.stringify([sources, options]);
    if (this.analysis === undefined || this.inventory !== inventory) {
      this.analysis = analyze(sources, toCompileOptions(options), this.analysis);
      this.inventory = inventory;
    }
    return this.analysis;
  }
}

/** Whether no text says anything yet. */
function isEmpty({ diagnostics }: Analysis): boolean {
  return diagnostics.length > 0 && diagnostics.every(({ code }) => code === "empty-input");
}

/** What machines get of a page without any text. */
function nothing(): Plan | undefined {
  return planOf(analyze([{ name: "inventory.yaml", text: "{}" }]));
}

/** What the view shows besides, and what is found: an output may have mistakes of its own. */
function answerFor(
  view: Asked["view"],
  analysis: Analysis,
  plan: Plan | undefined,
  question: Question,
): { readonly content: Content | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { diagnostics } = analysis;
  switch (view) {
    case "nix":
    case "json":
    case "yaml": {
      const { text, diagnostics } = analysis.emit(view);
      return { content: text === undefined ? undefined : { view, text }, diagnostics };
    }
    case "fleet":
    case "explain": {
      const content = plan && { view, explanation: explanation(analysis, plan, question) };
      return { content, diagnostics };
    }
    case "graph":
      return { content: plan && { view, mermaid: graph(plan) }, diagnostics };
    case "changes":
      return { content: plan && { view }, diagnostics };
  }
}

function toCompileOptions({ services, ...options }: Inventory["options"]): CompileOptions {
  return services === undefined ? options : { ...options, services: readServices(services) };
}

function mistakesInServices({ options: { services = [] } }: Inventory): readonly Diagnostic[] {
  return services.flatMap((source) => readCatalogue(source).diagnostics);
}

/** The catalogues that can be read, as one. */
function readServices(services: readonly Source[]): Catalogue | null {
  const read = services.flatMap((source) => readCatalogue(source).catalogue ?? []);
  return read.length === 0 ? null : read.reduce(uniteCatalogues);
}

/**
 * As the page shows it, in its words: a text that is still empty is no mistake there. Fixes are made
 * when they are asked for: each reads its text once more.
 */
function toShow({
  code,
  severity,
  message,
  range,
  related,
  help,
  fixable,
}: Diagnostic): Diagnostic {
  return {
    code,
    severity: code === "empty-input" ? "note" : severity,
    message,
    range,
    related,
    ...(help !== undefined && { help: inPageWords(help) }),
    ...(fixable !== undefined && { fixable }),
  };
}
