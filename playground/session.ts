import type { Inventory } from "./answer.js";
import type { Draft, Drafts } from "./drafts.js";
import type { Edit, Editor, EditorMemory } from "./editor/editor.js";
import { History } from "./history.js";
import { Keeper } from "./keeper.js";
import { notify } from "./notice.js";
import { type File, plainName, type State, toInventory, withOwnNames } from "./state.js";
import { toast } from "./toast.js";

/** What a session starts with. */
export interface Beginning {
  readonly state: State;
  /** Whether this is a draft; what was opened becomes one when its text is changed. */
  readonly isDraft: boolean;
}

/** The page around a session. */
export interface SessionContext {
  /** The state was another before this change of it. */
  changed(before: State, change: Partial<State>, isTyping: boolean): void;
  /** Another inventory is about to take the place of this one. */
  replaced(): void;
  /** What the inventory holds, in a few words. */
  title(): string;
}

/** What a step back brings back. */
interface Snapshot {
  readonly state: State;
  readonly texts: EditorMemory;
  readonly loaded: readonly File[];
  /** Absent where it was none. */
  readonly draft: string | undefined;
}

/** The inventory on the page, which is kept as it changes, and the way back to those before it. */
export class Session {
  private current: State;
  /** The files as they were opened: changes are told since. */
  private loaded: readonly File[];
  private isDraft: boolean;
  private readonly keeper: Keeper;
  private readonly history = new History<Snapshot>();

  constructor(
    { state, isDraft }: Beginning,
    drafts: Drafts,
    private readonly editor: Editor,
    private readonly context: SessionContext,
  ) {
    this.current = state;
    this.loaded = state.files;
    this.isDraft = isDraft;
    this.keeper = new Keeper(drafts, () => ({ state: this.state, title: context.title() }));
  }

  get state(): State {
    return this.current;
  }

  /** The file in the editor. */
  get file(): File {
    return this.state.files[this.state.active]!;
  }

  get inventory(): Inventory {
    return toInventory(this.state);
  }

  /** What changes are told since. */
  get baseline(): readonly File[] {
    return this.state.baseline ?? this.loaded;
  }

  /** Whether the files are as they were opened. */
  get isUntouched(): boolean {
    return this.state.files === this.loaded;
  }

  /** Every change of the state goes through here. */
  update(change: Partial<State>, isTyping = false): void {
    const before = this.current;
    this.current = { ...before, ...change };
    if (before.files !== this.state.files || before.options !== this.state.options) {
      this.keepSoon();
    }
    this.context.changed(before, change, isTyping);
  }

  /** Adds an empty file, and puts it in the editor. */
  addFile(): void {
    const { files } = this.state;
    const added = withOwnNames([...files, { name: "more.yaml", text: "" }]);
    this.update({ files: added, active: files.length });
  }

  rename(index: number, given: string): void {
    const name = plainName(given);
    const { files } = this.state;
    if (files.some((file) => file.name === name)) {
      return void notify(`Another file is already named ${name}.`);
    }
    this.update({ files: files.with(index, { ...files[index]!, name }) });
  }

  close(index: number): void {
    const { files: all, active } = this.state;
    const files = all.filter((_, at) => at !== index);
    const next = Math.min(active, files.length - 1);
    this.replace({ files, active: next }, `Closed ${all[index]!.name}.`);
  }

  /** Makes edits in the files, each of which can be undone in the editor. */
  edit(editsOf: (file: File) => readonly Edit[]): void {
    const files = this.state.files.map((file) => {
      const edits = editsOf(file);
      return edits.length === 0 ? file : { ...file, text: this.editor.change(file, edits) };
    });
    this.update({ files }, true);
  }

  /** Puts what was opened in the place of this inventory, which can be undone. */
  open(state: State, done: string): void {
    this.step();
    this.loaded = state.files;
    this.isDraft = false;
    this.update(state);
    toast(done, () => this.undo());
  }

  /** Changes more than the text of one file, which can be undone. */
  replace(change: Partial<State>, done: string): void {
    this.step();
    this.update(change);
    toast(done, () => this.undo());
  }

  /** Goes on with a draft of before. */
  resume({ id, state, title }: Draft): void {
    this.open(state, `Opened “${title}”.`);
    this.keeper.drafts.take(id);
    this.isDraft = true;
  }

  /** The other inventories that this browser keeps. */
  recent(): readonly Draft[] {
    this.keeper.keep();
    return this.keeper.drafts.recent();
  }

  /** Whether there was a step to take back. */
  undo(): boolean {
    return this.restore(this.history.undo(this.snapshotKept()));
  }

  /** Whether there was a step to take again. */
  redo(): boolean {
    return this.restore(this.history.redo(this.snapshotKept()));
  }

  /** The first change of a text that was opened makes a draft of it, which its address no longer tells. */
  private keepSoon(): void {
    if (!this.isDraft && !this.isUntouched) {
      this.isDraft = true;
      this.keeper.drafts.take();
      forgetAddress();
    }
    if (this.isDraft) {
      this.keeper.keepSoon();
    }
  }

  private step(): void {
    this.keeper.keep();
    this.history.step(this.snapshot());
    this.context.replaced();
  }

  private snapshot(): Snapshot {
    const { state, loaded } = this;
    const texts = this.editor.forget();
    return { state, texts, loaded, draft: this.isDraft ? this.keeper.drafts.current : undefined };
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
    this.context.replaced();
    this.editor.restore(snapshot.texts);
    this.loaded = snapshot.loaded;
    this.isDraft = snapshot.draft !== undefined;
    if (snapshot.draft !== undefined) {
      this.keeper.drafts.take(snapshot.draft);
      forgetAddress();
    }
    const { view, question } = this.state;
    this.update({ ...snapshot.state, view, question });
    return true;
  }
}

/** What is on the page is no longer what its address asks for. */
function forgetAddress(): void {
  history.replaceState(history.state, "", location.pathname);
}
