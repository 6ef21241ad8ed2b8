import { json } from "@codemirror/lang-json";
import type { Diagnostic, Range } from "../src/index.js";
import { type Answer, askFor, type Comparison, type Content } from "./answer.js";
import type { Compiler } from "./compiler.js";
import { byId, h } from "./dom.js";
import { download } from "./download.js";
import { dropDraft, loadDraft, saveDraft } from "./draft.js";
import { createEditor } from "./editor/editor.js";
import { nix } from "./editor/nix.js";
import type { Schema } from "./editor/schema.js";
import type { FleetMachine } from "./engine.js";
import { type Example, loadExamples, offerExamples } from "./examples.js";
import { showFiles } from "./files.js";
import { watchDivider, watchDrop, watchTheme } from "./frame.js";
import { readDrop, readFiles } from "./import.js";
import { showOptions, watchOptions } from "./options.js";
import { copyText, createOutputView } from "./output.js";
import { announce, showProblems, summarize } from "./problems.js";
import { Runs } from "./runs.js";
import { fromHash, toHash } from "./share.js";
import {
  defaultOptions,
  type File,
  initialState,
  plainName,
  type State,
  toEngineOptions,
  toSources,
  type View,
  withOwnNames,
} from "./state.js";
import { markTab, watchTabs } from "./tabs.js";
import { blank } from "./views/blank.js";
import { blankForBroken, drawDifference } from "./views/diff.js";
import { createExplainView } from "./views/explain.js";
import { drawGraph } from "./views/graph.js";
import { createMachinesView } from "./views/machines.js";
import { zip } from "./zip.js";

/** Everything on the page, and the state that it shows. */
export class Playground {
  private fleet: readonly FleetMachine[] = [];
  private diagnostics: readonly Diagnostic[] = [];
  private schema: Schema | undefined;
  private saving: ReturnType<typeof setTimeout> | undefined;
  /** The views whose panels show this inventory. */
  private readonly drawn = new Set<View>();

  private readonly editor = createEditor(
    byId("editor"),
    () => ({
      schema: this.schema,
      machines: this.fleet.map(({ name }) => name),
      tags: [...new Set(this.fleet.flatMap(({ tags }) => tags))],
    }),
    (text) => this.edit(text),
  );
  private readonly outputs = {
    nix: createOutputView(byId("panel-nix"), "inventory.nix", nix),
    json: createOutputView(byId("panel-json"), "inventory.json", json()),
  };
  private readonly machines = createMachinesView(byId("panel-machines"), (machine, instance) =>
    this.explain(machine, instance),
  );
  private readonly explanation = createExplainView(
    byId("panel-explain"),
    (question) => this.update({ question }),
    (range) => this.goTo(range),
  );
  private readonly runs = new Runs<Answer>(() => askFor(this.state, this.compiler), {
    started: () => byId("status").classList.add("working"),
    finished: (answer) => this.show(answer),
    failed: (error) => this.fail(error),
    paused: (milliseconds) => this.pause(milliseconds),
  });

  private constructor(
    private readonly compiler: Compiler,
    private readonly examples: readonly Example[],
    private state: State,
  ) {
    offerExamples(examples, (example) => this.open(example));
    this.watch();
    this.drawFiles();
    this.editor.show(this.file.name, this.file.text);
    this.drawView();
    showOptions(state.options);
    this.runs.request(false);
  }

  /**
   * Starts from the link that the page was opened by, else from the draft, else from the first
   * example.
   */
  static async start(compiler: Compiler): Promise<void> {
    const version = compiler.ask("version").then(({ answer }) => answer);
    const schema = fetch("schema.json").then((response) => response.json() as Promise<Schema>);
    const examples = await loadExamples();
    const linked = await fromHash(location.hash).catch((error: Error) => error);
    const state =
      linked !== undefined && "state" in linked
        ? linked.state
        : (loadDraft() ?? initialState(examples[0]!.files));
    const playground = new Playground(compiler, examples, state);
    if (linked instanceof Error) {
      playground.notify(`The link cannot be opened: ${linked.message}.`);
    } else if (linked !== undefined && linked.version !== (await version)) {
      playground.notify(
        `This link was made with version ${linked.version}; this is ${await version}. The output may differ.`,
      );
    }
    playground.schema = await schema;
    byId("version").textContent = `inventory2nix ${await version}`;
  }

  private get file(): File {
    return this.state.files[this.state.active]!;
  }

  /** Every change of the state goes through here. */
  private update(change: Partial<State>, isTyping = false): void {
    const before = this.state;
    this.state = { ...before, ...change };
    if (!isTyping && (before.files !== this.state.files || before.active !== this.state.active)) {
      this.drawFiles();
      this.editor.show(this.file.name, this.file.text);
      this.editor.mark(this.diagnostics);
    }
    if (before.view !== this.state.view) {
      this.drawView();
    }
    if (before.options !== this.state.options) {
      showOptions(this.state.options);
    }
    // The link holds the old state, and a reload must not undo the change.
    if (location.hash !== "") {
      history.replaceState(null, "", location.pathname);
    }
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), 300);
    if (!this.isOnlyPlace(change)) {
      this.runs.request(isTyping);
    }
  }

  /** Keeps what changed since the last time. */
  private save(): void {
    if (this.saving === undefined) {
      return;
    }
    clearTimeout(this.saving);
    this.saving = undefined;
    saveDraft(this.state);
  }

  /** Which file is shown changes no answer. */
  private isOnlyPlace(change: Partial<State>): boolean {
    return Object.keys(change).every((key) => key === "active");
  }

  private edit(text: string): void {
    if (this.file.text === text) {
      return;
    }
    this.update({ files: this.state.files.with(this.state.active, { ...this.file, text }) }, true);
  }

  private open({ files, options }: Pick<Example, "files" | "options">): void {
    this.editor.forget();
    this.drawn.clear();
    byId("notice").hidden = true;
    this.update({
      files,
      active: 0,
      options: { ...defaultOptions, ...options },
      question: { machine: "", instance: "" },
    });
  }

  private explain(machine: string, instance: string): void {
    this.update({ question: { machine, instance }, view: "explain" });
    byId("tab-explain").focus();
  }

  private goTo({ source, start, end }: Range): void {
    const active = this.state.files.findIndex(({ name }) => name === source);
    if (active < 0) {
      return;
    }
    if (active !== this.state.active) {
      this.update({ active });
    }
    this.showSide("source");
    this.editor.select(start.offset, end.offset);
  }

  private show({ content, diagnostics, milliseconds }: Answer): void {
    this.diagnostics = diagnostics;
    this.editor.mark(diagnostics);
    showProblems(byId("problems"), byId("summary"), diagnostics, (range) => this.goTo(range));
    byId("announcer").textContent = announce(diagnostics);
    this.drawFiles();
    this.drawStatus(
      `${content === undefined ? "Not compiled" : "Compiled"} in ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`,
    );
    if (content !== undefined) {
      this.draw(content);
    }
    this.drawFailure(content === undefined);
  }

  private draw(content: Content): void {
    this.drawn.add(content.view);
    switch (content.view) {
      case "nix":
      case "json":
        return this.outputs[content.view].show(content.text);
      case "machines":
        this.fleet = content.fleet;
        return this.machines.show(content.fleet);
      case "explain":
        this.fleet = content.fleet;
        return this.explanation.show(content.fleet, content.question, content.explanation);
      case "graph":
        return this.drawGraph(content.graph);
      case "diff":
        return this.drawComparison(content.comparison);
    }
  }

  private drawGraph(mermaid: string): void {
    const copy = h(
      "button",
      { type: "button", click: () => void copyText(copy, mermaid) },
      "Copy as Mermaid",
    );
    const isEmpty = !mermaid.includes("-->");
    const drawing = isEmpty
      ? blank("Nothing to draw yet", "Give a machine a role to see the line between them.")
      : drawGraph(mermaid, byId("panels").clientWidth - 40);
    byId("panel-graph").replaceChildren(
      h("div", { class: "floating" }, copy),
      h("div", { class: "drawing", tabindex: "0", role: "region", "aria-label": "Graph" }, drawing),
    );
  }

  private drawComparison(comparison: Comparison): void {
    const keep = (label: string) =>
      h(
        "button",
        { type: "button", class: "quiet", click: () => this.update({ kept: this.state.files }) },
        label,
      );
    const region = (...content: readonly Node[]) =>
      h(
        "div",
        { class: "difference", tabindex: "0", role: "region", "aria-label": "Difference" },
        ...content,
      );
    const panel = byId("panel-diff");
    if (comparison.kind === "none") {
      const text =
        "Keep the inventory as it is now, then edit it to see what every machine gains and loses, and which must be deployed again.";
      return panel.replaceChildren(
        region(blank("What would change?", text, keep("Keep this version"))),
      );
    }
    const bar = h(
      "div",
      { class: "filters" },
      keep("Keep this version instead"),
      h(
        "button",
        { type: "button", class: "quiet", click: () => this.goBack() },
        "Go back to the kept version",
      ),
    );
    const found =
      comparison.kind === "made"
        ? drawDifference(comparison.difference, (machine) => this.explain(machine, ""))
        : [blankForBroken(comparison.kept)];
    panel.replaceChildren(bar, region(...found));
  }

  private goBack(): void {
    this.editor.forget();
    this.update({ files: this.state.kept!, active: 0 });
  }

  /** Where there are errors, says so above the last output of this inventory, or in its place. */
  private drawFailure(hasFailed: boolean): void {
    const [first] = this.diagnostics.filter(({ severity }) => severity === "error");
    const isStale = hasFailed && this.drawn.has(this.state.view);
    byId("panels").classList.toggle("stale", isStale);
    const [failure, notice] = [byId("failure"), byId("notice")];
    failure.hidden = !hasFailed || isStale;
    byId("panels").classList.toggle("failed", !failure.hidden);
    if (!hasFailed && notice.classList.contains("error")) {
      notice.hidden = true;
    }
    if (first === undefined || !hasFailed) {
      return;
    }
    const go = h(
      "button",
      { type: "button", click: () => this.goTo(first.range) },
      "Go to the first error",
    );
    if (isStale) {
      this.notify(
        `${summarize(this.diagnostics)}. Below is the last version without errors.`,
        go,
        "error",
      );
    } else {
      failure.replaceChildren(this.explainFailure(first, go));
    }
  }

  private explainFailure({ code, message }: Diagnostic, go: HTMLElement): HTMLElement {
    if (code === "not-serializable") {
      return blank(
        "JSON cannot represent this",
        "Only Nix understands paths and references. See the Nix output, or remove them.",
        go,
      );
    }
    return blank(
      summarize(this.diagnostics),
      `No output while there are errors. First: ${message}`,
      go,
    );
  }

  private fail(error: Error): void {
    this.drawStatus("Failed");
    const again = h("button", { type: "button", click: () => void this.runs.start() }, "Try again");
    this.notify(
      `The compiler failed: ${error.message.split("\n")[0]!}. This is a bug in the compiler, not in the inventory.`,
      again,
      "error",
    );
  }

  private pause(milliseconds: number): void {
    const run = h(
      "button",
      {
        type: "button",
        click: () => void this.runs.start().then(() => (byId("notice").hidden = true)),
      },
      "Compile",
    );
    this.notify(
      `This inventory takes ${(milliseconds / 1000).toFixed(1)} s: too long to follow while you type.`,
      run,
    );
  }

  private notify(text: string, action?: HTMLElement, kind: "calm" | "error" = "calm"): void {
    const notice = byId("notice");
    const close = h("button", { type: "button", click: () => (notice.hidden = true) }, "Close");
    notice.className = `notice ${kind}`;
    notice.replaceChildren(h("span", {}, text), action ?? close);
    notice.hidden = false;
  }

  private drawStatus(text: string): void {
    const status = byId("status");
    status.classList.remove("working");
    status.textContent = text;
  }

  private drawFiles(): void {
    showFiles(this.state.files, this.state.active, this.diagnostics, {
      choose: (active) => this.update({ active }),
      rename: (index, name) => this.rename(index, name),
      remove: (index) => this.remove(index),
    });
  }

  private rename(index: number, given: string): void {
    const name = plainName(given);
    const { files } = this.state;
    if (files.some((file) => file.name === name)) {
      return this.notify(`Another file is already named ${name}.`);
    }
    this.update({ files: files.with(index, { ...files[index]!, name }) });
  }

  private remove(index: number): void {
    const files = this.state.files.filter((_, at) => at !== index);
    if (files.length > 0) {
      this.update({ files, active: Math.min(this.state.active, files.length - 1) });
    }
  }

  private drawView(): void {
    const { view } = this.state;
    for (const panel of document.querySelectorAll<HTMLElement>(".panel")) {
      panel.hidden = panel.id !== `panel-${view}`;
    }
    this.showSide(byId("split").dataset["shown"] === "source" ? "source" : "result");
  }

  /** On narrow screens, one half at a time. */
  private showSide(side: "source" | "result"): void {
    byId("split").dataset["shown"] = side;
    const isNarrow = byId("tab-source").offsetParent !== null;
    markTab(
      byId("views"),
      ({ dataset }) =>
        dataset["view"] === (side === "source" && isNarrow ? "source" : this.state.view),
    );
  }

  private watch(): void {
    watchTheme();
    watchDivider();
    watchDrop((transfer) => void readDrop(transfer).then((files) => this.take(files)));
    watchOptions((options) => this.update({ options: { ...this.state.options, ...options } }));
    watchTabs(byId("files"));
    watchTabs(byId("views"));
    matchMedia("(max-width: 719px)").addEventListener("change", () => this.showSide("source"));
    for (const tab of byId("views").querySelectorAll<HTMLElement>("[role=tab]")) {
      const { view } = tab.dataset;
      tab.addEventListener("click", () => {
        this.showSide(view === "source" ? "source" : "result");
        if (view !== "source") {
          this.update({ view: view as View });
        }
        this.showSide(view === "source" ? "source" : "result");
      });
    }
    const picker = byId<HTMLInputElement>("picker");
    byId("import").addEventListener("click", () => picker.click());
    picker.addEventListener(
      "change",
      () => void readFiles([...picker.files!]).then((files) => this.take(files)),
    );
    byId("export").addEventListener("click", () => void this.export());
    byId("share").addEventListener("click", () => void this.share());
    byId("reset").addEventListener("click", () => this.reset());
    byId("add-file").addEventListener("click", () => this.addFile());
    addEventListener("pagehide", () => this.save());
    addEventListener("hashchange", () => location.reload());
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) {
          return;
        }
        event.preventDefault();
        event.stopPropagation();
        void this.runs.start();
      },
      { capture: true },
    );
  }

  private take(files: readonly File[]): void {
    if (files.length === 0) {
      return this.notify("None of these is an inventory: files end with .yaml, .yml or .json.");
    }
    byId<HTMLInputElement>("picker").value = "";
    this.open({ files: withOwnNames(files) });
  }

  private addFile(): void {
    const { files } = this.state;
    this.update({
      files: withOwnNames([...files, { name: "more.yaml", text: "" }]),
      active: files.length,
    });
    this.editor.focus();
  }

  /** A folder with the sources, and with the output if there is one. */
  private async export(): Promise<void> {
    const { answer } = await this.compiler.ask(
      "compile",
      toSources(this.state.files),
      toEngineOptions(this.state.options),
    );
    const output = answer.text === undefined ? [] : [{ name: "inventory.nix", text: answer.text }];
    download("inventory.zip", zip(withOwnNames([...this.state.files, ...output])));
  }

  private async share(): Promise<void> {
    const { answer: version } = await this.compiler.ask("version");
    const hash = await toHash(this.state, version).catch((error: Error) => error);
    if (hash instanceof Error) {
      return this.notify(`The link cannot be made: ${hash.message}.`);
    }
    history.replaceState(null, "", hash);
    await copyText(byId("share"), location.href);
  }

  private reset(): void {
    byId("more").hidePopover();
    this.update(initialState(this.examples[0]!.files));
    this.open(this.examples[0]!);
    this.save();
    dropDraft();
  }
}
