import type { Fix } from "../src/index.js";
import { type Address, readAddress } from "./address.js";
import type { Answer } from "./answer.js";
import type { Compiler } from "./compiler.js";
import { Confirmation } from "./confirmation.js";
import { byId, count } from "./dom.js";
import type { Drafts } from "./drafts.js";
import { createEditor } from "./editor/editor.js";
import { type Example, emptyExample, loadExamples, stateOf } from "./examples.js";
import { questionFor } from "./explained.js";
import { showFiles } from "./files.js";
import { Findings } from "./findings.js";
import type { Focus } from "./focus.js";
import { EditorLanguage } from "./language.js";
import { Lights } from "./lights.js";
import { Navigation } from "./navigation.js";
import { watchOpenMenu } from "./open-menu.js";
import { showOptions } from "./options.js";
import { Results } from "./results.js";
import { Runs } from "./runs.js";
import { Session } from "./session.js";
import { exportFolder, share } from "./sharing.js";
import { showSide, showView } from "./sides.js";
import { askedBy, greet, readStart, type Start } from "./start.js";
import { type State, toInventory, toSources } from "./state.js";
import { showChanges, showDone, showFailure, showPause, showWorking } from "./status.js";
import { takeFiles, takePasted } from "./take-in.js";
import { tellOnce, toast } from "./toast.js";
import { watchPage } from "./watch.js";

/** Everything on the page: what visitors do changes the session, which the page then shows. */
export class Playground {
  private answer: Answer | undefined;
  private readonly session: Session;
  private readonly navigation: Navigation;
  private readonly findings: Findings;
  private readonly language: EditorLanguage;
  private readonly editor;
  private readonly lights: Lights;
  private readonly results: Results;
  private readonly confirmation = new Confirmation();
  private readonly runs: Runs<Answer>;

  private constructor(
    private readonly compiler: Compiler,
    drafts: Drafts,
    private readonly examples: readonly Example[],
    start: Start,
  ) {
    this.language = new EditorLanguage(compiler, {
      inventory: () => this.session.inventory,
      file: () => this.session.file.name,
      diagnostics: () => this.answer?.diagnostics ?? [],
      apply: (fix) => this.apply(fix),
      goTo: (range) => this.navigation.goTo(range),
    });
    this.editor = createEditor(byId("editor"), this.language, {
      changed: (text) => this.type(text),
      moved: () => this.lights.followSoon(),
      pasted: (text) => takePasted(text, this.session, compiler),
      undo: () => this.session.undo(),
      redo: () => this.session.redo(),
      indents: () => tellOnce("indenting", "Tab indents. Escape, then Tab leaves the editor."),
    });
    this.session = new Session(start, drafts, this.editor, {
      changed: (...change) => this.changed(...change),
      replaced: () => this.results.forget(),
      title: () => this.title(),
    });
    this.navigation = new Navigation(this.session, this.editor);
    this.lights = new Lights(compiler, this.editor, {
      inventory: () => this.session.inventory,
      file: () => this.session.file,
      light: (focus) => this.results.light(focus, this.session.state.view),
      cameTo: (focus) => this.explain(focus),
    });
    this.findings = new Findings(this.editor, () => this.session.file, {
      goTo: (range) => this.navigation.goTo(range),
      fixesOf: (found) => compiler.ask("fixesOf", this.session.inventory, found),
      apply: (fix) => this.apply(fix),
      fixAll: () => void this.fixAll(),
    });
    this.results = new Results({
      choose: (question) => this.navigation.choose(question),
      explain: (question) => this.navigation.visit({ question, view: "explain" }),
      settingsOf: (question) => compiler.ask("settingsOf", this.session.inventory, question),
      point: (focus) => void this.lights.point(focus),
      goTo: (range) => this.navigation.goTo(range),
      setBaseline: () => this.setBaseline(),
      goBackToBaseline: () => this.goBackToBaseline(),
    });
    const runNow = () => void this.runs.start();
    this.runs = new Runs(() => this.ask(), {
      started: showWorking,
      finished: (answer) => this.show(answer),
      failed: (error) => showFailure(error, runNow),
      paused: (milliseconds) => showPause(milliseconds, runNow),
    });
    this.watch();
    this.showFile();
    showView(start.state.view);
    showOptions(start.state.options);
    this.runs.request(false);
  }

  /** Starts from the address of the page, else from this tab's draft, else from the first example. */
  static async start(compiler: Compiler, drafts: Drafts): Promise<Playground> {
    const examples = await loadExamples();
    const start = await readStart(drafts, examples);
    const playground = new Playground(compiler, drafts, examples, start);
    if (start.isDraft) {
      playground.openAsked(start.address);
    }
    await greet(start, examples.length > 0, () => compiler.ask("version"));
    return playground;
  }

  /** What the first answer does not need: the version, and the component, which confirms answers. */
  async loadRest(): Promise<void> {
    byId("version").textContent = `inventory2nix ${await this.compiler.ask("version")}`;
    await this.confirmation.load();
  }

  // What the page shows.

  private changed(before: State, change: Partial<State>, isTyping: boolean): void {
    const { files, active, view, options } = this.session.state;
    if (!isTyping && (before.files !== files || before.active !== active)) {
      this.showFile();
      this.findings.mark();
    }
    if (before.view !== view) {
      showView(view);
      this.results.age(view);
    }
    if (before.options !== options) {
      showOptions(options);
    }
    if (before.files !== files || before.options !== options) {
      this.confirmation.forget();
      this.results.age(view);
    }
    if (Object.keys(change).some((key) => key !== "active")) {
      this.runs.request(isTyping);
    }
  }

  private ask(): Promise<Answer> {
    const { view, question } = this.session.state;
    const baseline = toSources(this.session.baseline);
    return this.compiler.ask("show", this.session.inventory, { view, question, baseline });
  }

  private show(answer: Answer): void {
    this.answer = answer;
    const { inventory, state } = this.session;
    this.results.show(answer, state);
    this.findings.show(answer.diagnostics);
    this.drawFiles();
    showChanges(answer.difference);
    this.lights.followSoon();
    showDone(answer.milliseconds);
    const view = state.view === "json" || state.view === "yaml" ? state.view : "nix";
    this.confirmation.request(inventory, view, () => this.compiler.ask("emit", inventory, view));
  }

  /** Where a machine is explained, explains one that the cursor's place is about. */
  private explain(focus: Focus): void {
    const { question, view } = this.session.state;
    if (question.machine === "" && view !== "explain") {
      return;
    }
    const next = questionFor(this.answer?.fleet?.machines ?? [], focus, question);
    if (next !== question) {
      this.session.update({ question: next });
    }
  }

  private showFile(): void {
    const { name, text } = this.session.file;
    this.drawFiles();
    this.editor.show(name, text);
  }

  private drawFiles(): void {
    const { files, active } = this.session.state;
    showFiles(files, active, this.answer?.diagnostics ?? [], {
      choose: (active) => this.navigation.visit({ active }),
      rename: (index, name) => this.session.rename(index, name),
      close: (index) => this.session.close(index),
    });
  }

  private title(): string {
    const { name, machines = [] } = this.answer?.fleet ?? {};
    const files = this.session.state.files.map((file) => file.name).join(", ");
    return `${name ?? files}: ${count(machines.length, "machine")}`;
  }

  // What visitors do.

  private watch(): void {
    watchOpenMenu(this.examples, {
      open: (example) => this.open(example),
      resume: (draft) => this.session.resume(draft),
      recent: () => this.session.recent(),
      fleetOf: (example) => this.compiler.ask("fleet", toInventory(stateOf(example))),
    });
    watchPage({
      setOptions: (options) =>
        this.session.update({ options: { ...this.session.state.options, ...options } }),
      showSide: (side) => showSide(side, this.session.state.view),
      showView: (view) =>
        this.navigation.visit(view === "source" ? { side: "source" } : { view, side: "result" }),
      take: (files) => void takeFiles(files, this.session, this.compiler),
      addFile: () => {
        this.session.addFile();
        this.editor.focus();
      },
      export: () => void this.export(),
      share: (button, how) => {
        const version = this.compiler.ask("version");
        const findings = this.answer?.diagnostics ?? [];
        void share(button, how, this.session.state, { version, findings });
      },
      wrap: (isOn) => this.editor.wrap(isOn),
      reset: () => this.reset(),
      compileNow: () => void this.runs.start(),
      comeTo: (place) => this.navigation.comeTo(place),
      comeToAddress: () => void this.comeToAddress(),
    });
  }

  private type(text: string): void {
    const { file, state } = this.session;
    if (file.text === text) {
      return;
    }
    this.findings.typed();
    this.session.update({ files: state.files.with(state.active, { ...file, text }) }, true);
  }

  private open(example: Example): void {
    this.session.open(stateOf(example), `Opened “${example.title}”.`);
    history.replaceState(history.state, "", `#example/${example.name}`);
  }

  /** Puts what the address asks for in the place of what there is. */
  private openAsked(address: Address): void {
    const asked = askedBy(address);
    if (asked !== undefined) {
      this.session.open(asked.state, asked.done);
    }
  }

  private async comeToAddress(): Promise<void> {
    const address = await readAddress(location.hash, this.examples);
    if (address.kind === "nothing") {
      return location.reload();
    }
    this.openAsked(address);
    await greet({ address, isDraft: true }, true, () => this.compiler.ask("version"));
  }

  private reset(): void {
    byId("more").hidePopover();
    this.session.open(stateOf(this.examples[0] ?? emptyExample), "Started over.");
  }

  /** Makes the edits of a fix or a change in the files that they are in. */
  private apply({ edits }: Pick<Fix, "edits">): void {
    this.session.edit(({ name }) =>
      edits
        .filter(({ range }) => range.source === name)
        .map(({ range, text }) => ({
          from: range.start.offset,
          to: range.end.offset,
          insert: text,
        })),
    );
    this.runs.request(false);
    this.editor.focus();
  }

  private async fixAll(): Promise<void> {
    const { sources, applied } = await this.compiler.ask("fixAll", this.session.inventory);
    const fixed = new Map(sources.map(({ name, text }) => [name, text]));
    this.session.edit(({ name, text }) => {
      const insert = fixed.get(name) ?? text;
      return insert === text ? [] : [{ from: 0, to: text.length, insert }];
    });
    this.runs.request(false);
    toast(`Fixed ${count(applied, "problem")}.`);
  }

  private setBaseline(): void {
    this.session.update({ baseline: this.session.state.files });
    toast("Changes are told from here on.");
  }

  private goBackToBaseline(): void {
    this.session.replace({ files: this.session.baseline, active: 0 }, "Went back to the baseline.");
  }

  private async export(): Promise<void> {
    const emitted = this.compiler.ask("emit", this.session.inventory, "nix");
    const text = await emitted.catch(() => undefined);
    await exportFolder(this.session.state.files, text);
  }
}
