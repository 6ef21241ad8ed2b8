/** What is reported about a run. */
export interface RunEvents<T> {
  started(): void;
  finished(result: T): void;
  failed(error: Error): void;
  /**
   * The inventory is too large to compile while typing: the last run took this many milliseconds.
   */
  paused(milliseconds: number): void;
}

/** Whatever takes longer than this many milliseconds is compiled on request only. */
const liveLimit = 2_000;

/** In milliseconds: how long a typist must be still. */
const shortestPause = 10;
const longestPause = 500;

/** One run at a time, of the newest state; while typing, the longer a run takes the fewer. */
export class Runs<T extends { readonly milliseconds: number }> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isRunning = false;
  private isOutdated = false;
  /** Of the last two runs: one alone may be slow by chance. */
  private took: readonly number[] = [];

  constructor(
    private readonly run: () => Promise<T>,
    private readonly events: RunEvents<T>,
  ) {}

  /** Something changed; a change by typing waits for the next key. */
  request(isTyping: boolean): void {
    clearTimeout(this.timer);
    const least = Math.min(...this.took, Infinity);
    if (isTyping && this.took.length === 2 && least > liveLimit) {
      return this.events.paused(least);
    }
    this.timer = setTimeout(() => void this.start(), isTyping ? this.pause : 0);
  }

  private get pause(): number {
    const half = (this.took.at(-1) ?? 0) / 2;
    return Math.min(Math.max(half, shortestPause), longestPause);
  }

  async start(): Promise<void> {
    clearTimeout(this.timer);
    this.isOutdated = this.isRunning;
    if (this.isRunning) {
      return;
    }
    this.isRunning = true;
    this.events.started();
    try {
      const result = await this.run();
      this.took = [...this.took.slice(-1), result.milliseconds];
      // Offsets of an older text would mark the wrong places.
      if (!this.isOutdated) {
        this.events.finished(result);
      }
    } catch (error) {
      this.events.failed(error instanceof Error ? error : new Error(String(error)));
    }
    this.isRunning = false;
    if (this.isOutdated) {
      await this.start();
    }
  }
}
