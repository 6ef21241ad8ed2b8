/**
 * Steps that replace more than the text of one file, such as opening an example: what was there
 * before each, so that it can be brought back, and away again.
 */
export class History<Snapshot> {
  private past: readonly Snapshot[] = [];
  private future: readonly Snapshot[] = [];

  /** A step that is about to be made. */
  step(before: Snapshot): void {
    this.past = [...this.past, before].slice(-maxSteps);
    this.future = [];
  }

  /** What was there before the last step; `now` can be come back to. */
  undo(now: Snapshot): Snapshot | undefined {
    const last = this.past.at(-1);
    if (last !== undefined) {
      this.past = this.past.slice(0, -1);
      this.future = [...this.future, now];
    }
    return last;
  }

  redo(now: Snapshot): Snapshot | undefined {
    const next = this.future.at(-1);
    if (next !== undefined) {
      this.future = this.future.slice(0, -1);
      this.past = [...this.past, now];
    }
    return next;
  }
}

/** Each keeps whole texts. */
const maxSteps = 50;
