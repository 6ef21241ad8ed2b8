/** Thrown where a text would be longer than it may. */
export class TextTooLong extends RangeError {
  constructor(readonly most: number) {
    super(`the text would be longer than ${most} characters`);
  }
}

/** Lines of text, joined in portions: few small strings are alive at a time. */
export class Lines {
  private readonly portions: string[] = [];
  private lines: string[] = [];
  private length = 0;

  /** More than `most` UTF-16 units make it throw {@link TextTooLong}. */
  constructor(private readonly most: number) {}

  push(line: string): void {
    this.length += line.length + 1;
    if (this.length > this.most) {
      throw new TextTooLong(this.most);
    }
    if (this.lines.push(line) >= 1000) {
      this.join();
    }
  }

  /** Each line with a newline after it. */
  text(): string {
    this.join();
    return this.portions.join("");
  }

  private join(): void {
    this.lines.push("");
    this.portions.push(this.lines.join("\n"));
    this.lines = [];
  }
}
