import type { Fix, Range } from "../src/index.js";
import { readAddress } from "./address.js";
import type { Answer, Question } from "./answer.js";
import { type Compiler, notLoaded } from "./compiler.js";
import { Confirmation } from "./confirmation.js";
import { askForExport, askWhatToDoWith } from "./dialogs.js";
import { byId, count, h } from "./dom.js";
import type { Draft, Drafts } from "./drafts.js";
import { createEditor, type EditorMemory } from "./editor/editor.js";
import { type Example, loadExamples } from "./examples.js";
import { showFiles } from "./files.js";
import { Findings } from "./findings.js";
import { History } from "./history.js";
import { isNix } from "./import.js";
import { Keeper } from "./keeper.js";
import { EditorLanguage } from "./language.js";
import { Lights } from "./lights.js";
import { notify } from "./notice.js";
import { watchOpenMenu } from "./open-menu.js";
import { showOptions } from "./options.js";
import { copyText } from "./output.js";
import { Results } from "./results.js";
import { Runs } from "./runs.js";
import { copyLink, exportFolder, type ShareKind } from "./sharing.js";
import { narrow, type Side, showSide, showView } from "./sides.js";
import {
  defaultOptions,
  type File,
  initialState,
  plainName,
  type State,
  toInventory,
  toSources,
  withOwnNames,
} from "./state.js";
import { toast } from "./toast.js";
import { offerTour } from "./tour.js";
import { summarizeChanges } from "./views/changes.js";
import { watchPage } from "./watch.js";

/** What a step back brings back. */
interface Snapshot {
  readonly state: State;
  readonly texts: EditorMemory;
  readonly loaded: readonly File[];
  /** Absent where it was none. */
  readonly draft: string | undefined;
}

/** Everything on the page, and the state that it shows. */
export class Playground {
  private state: State;
  /** The files as they were opened: changes are told since. */
  private loaded: readonly File[];
  /** Whether this is a draft; what was opened becomes one when its text is changed. */
  private isDraft: boolean;
  private answer: Answer | undefined;
  private readonly keeper: Keeper;
  private readonly findings: Findings;
  private readonly history = new History<Snapshot>();
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
    { state, isDraft }: { readonly state: State; readonly isDraft: boolean },
  ) {
    this.state = state;
    this.isDraft = isDraft;
    this.keeper = new Keeper(drafts, () => ({ state: this.state, title: this.title() }));
    this.loaded = state.files;
    this.language = new EditorLanguage(compiler, {
      inventory: () => toInventory(this.state),
      file: () => this.file.name,
      diagnostics: () => this.answer?.diagnostics ?? [],
      apply: (fix) => this.apply(fix),
      goTo: (range) => this.goTo(range),
    });
    this.editor = createEditor(byId("editor"), this.language, {
      changed: (text) => this.type(text),
      moved: () => this.lights.followSoon(),
      pasted: (text) => this.paste(text),
      undo: () => this.undo(),
      redo: () => this.redo(),
    });
    this.lights = new Lights(compiler, this.editor, {
      inventory: () => toInventory(this.state),
      file: () => this.file,
      light: (focus) => this.results.light(focus, this.state.view),
    });
    this.findings = new Findings(this.editor, () => this.file, {
      goTo: (range) => this.goTo(range),
      fixesOf: (found) => this.compiler.ask("fixesOf", toInventory(this.state), found),
      apply: (fix) => this.apply(fix),
      fixAll: () => void this.fixAll(),
    });
    this.results = new Results({
      choose: (question) => this.choose(question),
      explain: (question) => this.visit({ question, view: "explain" }),
      settingsOf: (question) => this.compiler.ask("settingsOf", toInventory(this.state), question),
      point: (focus) => void this.lights.point(focus),
      goTo: (range) => this.goTo(range),
      setBaseline: () => this.setBaseline(),
      goBackToBaseline: () => this.goBackToBaseline(),
    });
    this.runs = new Runs(() => this.ask(), {
      started: () => byId("status").classList.add("working"),
      finished: (answer) => this.show(answer),
      failed: (error) => this.fail(error),
      paused: (milliseconds) => this.pause(milliseconds),
    });
    this.watch();
    this.drawFiles();
    this.editor.show(this.file.name, this.file.text);
    showView(state.view);
    showOptions(state.options);
    this.runs.request(false);
  }

  /** Starts from the address of the page, else from this tab's draft, else from the first example. */
  static async start(compiler: Compiler, drafts: Drafts): Promise<Playground> {
    const examples = await loadExamples();
    const address = await readAddress(location.hash, examples);
    const draft = address.kind === "nothing" ? drafts.load() : undefined;
    const [first] = examples;
    const example = address.kind === "example" ? address.example : first;
    const state =
      address.kind === "link" ? address.state : (draft ?? stateOf(example ?? emptyExample));
    const isDraft = draft !== undefined;
    const playground = new Playground(compiler, drafts, examples, { state, isDraft });
    if (address.kind === "broken") {
      notify(`The link cannot be opened: ${address.reason}.`);
    }
    if (address.kind === "link") {
      await playground.welcome(address.version, address.isViewOnly);
    } else if (draft === undefined && examples.length === 0) {
      notify("The examples could not be loaded. All else works.");
    } else if (address.kind === "nothing" && draft === undefined) {
      offerTour();
    }
    return playground;
  }

  /** What the first answer does not need: the version, and the component, which confirms answers. */
  async loadRest(): Promise<void> {
    byId("version").textContent = `inventory2nix ${await this.compiler.ask("version")}`;
    await this.confirmation.load();
  }

  private async welcome(version: string, isViewOnly: boolean): Promise<void> {
    document.body.classList.toggle("view-only", isViewOnly);
    const own = await this.compiler.ask("version").catch(() => version);
    if (version !== own) {
      notify(`This link was made with version ${version}; this is ${own}. The output may differ.`);
    }
  }

  private get file(): File {
    return this.state.files[this.state.active]!;
  }

  private get baseline(): readonly File[] {
    return this.state.baseline ?? this.loaded;
  }

  private ask(): Promise<Answer> {
    const { view, question } = this.state;
    const baseline = toSources(this.baseline);
    return this.compiler.ask("show", toInventory(this.state), { view, question, baseline });
  }

  /** Every change of the state goes through here. */
  private update(change: Partial<State>, isTyping = false): void {
    const before = this.state;
    this.state = { ...before, ...change };
    const { files, active, view, options } = this.state;
    if (!isTyping && (before.files !== files || before.active !== active)) {
      this.drawFiles();
      this.editor.show(this.file.name, this.file.text);
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
      this.keepSoon();
    }
    if (Object.keys(change).some((key) => key !== "active")) {
      this.runs.request(isTyping);
    }
  }

  // Nothing is lost.

  /** The first change of a text that was opened makes a draft of it, which its address no longer tells. */
  private keepSoon(): void {
    if (!this.isDraft && this.state.files !== this.loaded) {
      this.isDraft = true;
      this.keeper.drafts.take();
      history.replaceState(history.state, "", location.pathname);
    }
    if (this.isDraft) {
      this.keeper.keepSoon();
    }
  }

  private title(): string {
    const { name, machines = [] } = this.answer?.fleet ?? {};
    const files = this.state.files.map((file) => file.name).join(", ");
    return `${name ?? files}: ${count(machines.length, "machine")}`;
  }

  private snapshot(): Snapshot {
    const { state, loaded } = this;
    const texts = this.editor.forget();
    return { state, texts, loaded, draft: this.isDraft ? this.keeper.drafts.current : undefined };
  }

  /** Puts another inventory in the place of this one, which can be undone. */
  private replace(change: Partial<State>, done: string, isOpened = true): void {
    this.keeper.keep();
    this.history.step(this.snapshot());
    this.results.forget();
    if (isOpened) {
      this.loaded = change.files ?? this.loaded;
      this.isDraft = false;
    }
    this.update(change);
    toast(done, () => this.undo());
  }

  private undo(): boolean {
    return this.restore(this.history.undo(this.snapshotKept()));
  }

  private redo(): boolean {
    return this.restore(this.history.redo(this.snapshotKept()));
  }

  private snapshotKept(): Snapshot {
    this.keeper.keep();
    const snapshot = this.snapshot();
    this.editor.restore(snapshot.texts);
    return snapshot;
  }

  private restore(snapshot: Snapshot | undefined): boolean {
    if (snapshot === undefined) {
      this.editor.show(this.file.name, this.file.text);
      return false;
    }
    this.results.forget();
    this.editor.restore(snapshot.texts);
    this.loaded = snapshot.loaded;
    this.isDraft = snapshot.draft !== undefined;
    if (snapshot.draft !== undefined) {
      this.keeper.drafts.take(snapshot.draft);
    }
    const { view, question } = this.state;
    this.update({ ...snapshot.state, view, question });
    return true;
  }

  // What visitors do.

  private type(text: string): void {
    if (this.file.text === text) {
      return;
    }
    this.findings.typed();
    this.update({ files: this.state.files.with(this.state.active, { ...this.file, text }) }, true);
  }

  private open(example: Example): void {
    this.replace(stateOf(example), `Opened “${example.title}”.`);
    history.replaceState(history.state, "", `#example/${example.name}`);
  }

  private resume({ id, state, title }: Draft): void {
    this.replace(state, `Opened “${title}”.`);
    this.keeper.drafts.take(id);
    this.isDraft = true;
  }

  /** Takes files from outside: adds them, or puts them in the place of what there is. */
  private async take(files: readonly File[]): Promise<void> {
    if (files.some(({ name, text }) => name.endsWith(".nix") || isNix(text))) {
      return this.takeNix();
    }
    if (files.length === 0) {
      return void notify("None of these is an inventory: files end with .yaml, .yml or .json.");
    }
    const isUntouched = this.state.files === this.loaded;
    const number = count(files.length, "file");
    const choice = isUntouched ? "replace" : await askWhatToDoWith(number);
    if (choice === "replace") {
      this.replace(stateOf({ files: withOwnNames(files) }), `Opened ${number}.`);
    } else if (choice === "add") {
      const { length: active } = this.state.files;
      const all = withOwnNames([...this.state.files, ...files]);
      this.replace({ files: all, active }, `Added ${number}.`, false);
    }
  }

  /** A line of Nix may be meant for `!nix`. */
  private paste(text: string): boolean {
    const isTaken = text.trim().includes("\n") && isNix(text);
    if (isTaken) {
      void this.takeNix();
    }
    return isTaken;
  }

  private async takeNix(): Promise<void> {
    const exported = await askForExport((button, text) => void copyText(button, text));
    if (exported === undefined) {
      return;
    }
    const source = { name: "inventory.json", text: exported };
    const { options } = toInventory(this.state);
    const text = await this.compiler.ask("emit", { sources: [source], options }, "yaml");
    const file = text === undefined ? source : { name: "inventory.yaml", text };
    this.replace(stateOf({ files: [file] }), "Opened what Nix exported.");
  }

  private addFile(): void {
    const { files } = this.state;
    this.update({
      files: withOwnNames([...files, { name: "more.yaml", text: "" }]),
      active: files.length,
    });
    this.editor.focus();
  }

  private rename(index: number, given: string): void {
    const name = plainName(given);
    const { files } = this.state;
    if (files.some((file) => file.name === name)) {
      return void notify(`Another file is already named ${name}.`);
    }
    this.update({ files: files.with(index, { ...files[index]!, name }) });
  }

  private close(index: number): void {
    const files = this.state.files.filter((_, at) => at !== index);
    const active = Math.min(this.state.active, files.length - 1);
    this.replace({ files, active }, `Closed ${this.state.files[index]!.name}.`, false);
  }

  private choose(question: Question): void {
    if (matchMedia(narrow).matches && question.machine !== "") {
      return this.visit({ question, view: "explain" });
    }
    this.update({ question });
  }

  /** Another place of the page, from which Back leads back. */
  private visit(place: Partial<Pick<State, "view" | "question" | "active">>): void {
    const { view, question, active } = this.state;
    history.replaceState({ view, question, active }, "");
    this.update(place);
    history.pushState({ view, question, active, ...place }, "");
  }

  private goTo({ source, start, end }: Range): void {
    const active = this.state.files.findIndex(({ name }) => name === source);
    if (active < 0) {
      return;
    }
    if (active !== this.state.active) {
      this.update({ active });
    }
    document.body.classList.remove("view-only");
    showSide("source", this.state.view);
    this.editor.select(start.offset, end.offset);
  }

  /** Makes the edits of a fix or a change in the files that they are in. */
  private apply({ edits }: Pick<Fix, "edits">): void {
    const files = this.state.files.map((file) => {
      const own = edits.filter(({ range }) => range.source === file.name);
      const changes = own.map(({ range, text }) => ({
        from: range.start.offset,
        to: range.end.offset,
        insert: text,
      }));
      return own.length === 0 ? file : { ...file, text: this.editor.change(file, changes) };
    });
    this.update({ files }, true);
    this.runs.request(false);
    this.editor.focus();
  }

  private async fixAll(): Promise<void> {
    const { sources, applied } = await this.compiler.ask("fixAll", toInventory(this.state));
    const files = this.state.files.map((file) => {
      const text = sources.find(({ name }) => name === file.name)?.text ?? file.text;
      const all = [{ from: 0, to: file.text.length, insert: text }];
      return text === file.text ? file : { ...file, text: this.editor.change(file, all) };
    });
    this.update({ files }, true);
    this.runs.request(false);
    toast(`Fixed ${count(applied, "problem")}.`);
  }

  private setBaseline(): void {
    this.update({ baseline: this.state.files });
    toast("Changes are told from here on.");
  }

  private goBackToBaseline(): void {
    this.replace({ files: this.baseline, active: 0 }, "Went back to the baseline.", false);
  }

  private reset(): void {
    byId("more").hidePopover();
    const example = this.examples[0] ?? emptyExample;
    this.replace(stateOf(example), "Started over.");
  }

  // What leaves the page.

  private async export(): Promise<void> {
    const emitted = this.compiler.ask("emit", toInventory(this.state), "nix");
    const text = await emitted.catch(() => undefined);
    await exportFolder(this.state.files, text);
  }

  private async share(button: HTMLElement, how: ShareKind): Promise<void> {
    const version = this.compiler.ask("version");
    const findings = this.answer?.diagnostics ?? [];
    const link = await copyLink(button, how, this.state, { version, findings }).catch(
      (error: Error) => error,
    );
    if (link instanceof Error) {
      return void notify(`The link cannot be made: ${link.message}.`);
    }
    if (how === "link") {
      history.replaceState(history.state, "", link);
    }
  }

  // What the page shows.

  private show(answer: Answer): void {
    this.answer = answer;
    this.results.show(answer, this.state);
    this.findings.show(answer.diagnostics);
    this.drawFiles();
    this.drawStrip(answer);
    this.lights.followSoon();
    this.drawStatus(`Compiled in ${milliseconds(answer.milliseconds)}`);
    const inventory = toInventory(this.state);
    const view = this.state.view === "json" || this.state.view === "yaml" ? this.state.view : "nix";
    this.confirmation.request(inventory, view, () => this.compiler.ask("emit", inventory, view));
  }

  private drawStrip({ difference }: Answer): void {
    const text = difference === undefined ? "" : summarizeChanges(difference);
    byId("strip").textContent = text === "" ? "No changes yet" : text;
    byId("strip").classList.toggle("some", text !== "");
  }

  private drawStatus(text: string): void {
    const status = byId("status");
    status.classList.remove("working");
    status.textContent = text;
  }

  private drawFiles(): void {
    showFiles(this.state.files, this.state.active, this.answer?.diagnostics ?? [], {
      choose: (active) => this.visit({ active }),
      rename: (index, name) => this.rename(index, name),
      close: (index) => this.close(index),
    });
  }

  private fail({ message }: Error): void {
    this.drawStatus("Failed");
    const again = h("button", { type: "button", click: () => void this.runs.start() }, "Try again");
    const text =
      message === notLoaded
        ? "The compiler could not be loaded. Your text is here, and can be edited and exported."
        : `The compiler failed: ${message.split("\n")[0]!}. This is a bug in the compiler, not in the inventory.`;
    notify(text, again, "error");
  }

  private pause(time: number): void {
    const run = h("button", { type: "button", click: () => void this.runs.start() }, "Compile");
    notify(`This inventory takes ${milliseconds(time)}: too long to follow while you type.`, run);
  }

  private watch(): void {
    watchOpenMenu(this.examples, {
      open: (example) => this.open(example),
      resume: (draft) => this.resume(draft),
      recent: () => (this.keeper.keep(), this.keeper.drafts.recent()),
      fleetOf: (example) => this.compiler.ask("fleet", toInventory(stateOf(example))),
    });
    watchPage({
      setOptions: (options) => this.update({ options: { ...this.state.options, ...options } }),
      showSide: (side: Side) => showSide(side, this.state.view),
      showView: (view) => this.visit({ view }),
      take: (files) => void this.take(files),
      addFile: () => this.addFile(),
      export: () => void this.export(),
      share: (button, how) => void this.share(button, how),
      wrap: (isOn) => this.editor.wrap(isOn),
      reset: () => this.reset(),
      compileNow: () => void this.runs.start(),
      comeTo: ({ active, ...place }) =>
        this.update({ ...place, active: Math.min(active, this.state.files.length - 1) }),
    });
  }
}

/** Where no example can be loaded. */
const emptyExample: Pick<Example, "files" | "options"> = {
  files: [{ name: "inventory.yaml", text: "machines:\n" }],
};

function stateOf({
  files,
  options,
  machine = "",
}: Pick<Example, "files" | "options" | "machine">): State {
  return {
    ...initialState(files),
    options: { ...defaultOptions, ...options },
    question: { machine, instance: "" },
  };
}

function milliseconds(time: number): string {
  return time < 10
    ? `${time.toFixed(1)} ms`
    : time < 2000
      ? `${Math.round(time)} ms`
      : `${(time / 1000).toFixed(1)} s`;
}
