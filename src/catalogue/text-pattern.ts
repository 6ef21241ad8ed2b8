/**
 * The regular expressions of a catalogue, which may come from anywhere: they run in time linear in
 * the text, as engines that try one way after the other do not.
 */
import { type Expression, parsePattern, Unsupported } from "./pattern-syntax.js";

/** A `pattern` of JSON Schema: what it finds, it may find anywhere in a text. */
export class TextPattern {
  private constructor(
    readonly text: string,
    private readonly steps: readonly Step[],
  ) {}

  /** `undefined` for one that is not heeded: see {@link parsePattern}, or it is too large. */
  static of(text: string): TextPattern | undefined {
    try {
      return new TextPattern(text, new Program().of(parsePattern(text)));
    } catch (error) {
      if (error instanceof Unsupported) {
        return undefined;
      }
      throw error;
    }
  }

  /** How many steps a match with this text takes at most. */
  effortFor(text: string): number {
    return (text.length + 1) * this.steps.length;
  }

  /** Follows all ways at once, one character after the other. */
  matches(text: string): boolean {
    const chars = [...text];
    let active: readonly number[] = [];
    for (let index = 0; index <= chars.length; index++) {
      const isStart = index === 0;
      const isEnd = index === chars.length;
      const reached = this.reachedFrom([...active, 0], isStart, isEnd);
      if (reached === "match") {
        return true;
      }
      active = reached.flatMap((at) => {
        const step = this.steps[at]!;
        return step.kind === "char" && !isEnd && step.accepts(chars[index]!) ? [at + 1] : [];
      });
    }
    return false;
  }

  /** The steps that wait for a character, reached without one. */
  private reachedFrom(
    starts: readonly number[],
    isStart: boolean,
    isEnd: boolean,
  ): readonly number[] | "match" {
    const seen = new Set<number>();
    const waiting: number[] = [];
    const open = [...starts];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) {
        continue;
      }
      seen.add(at);
      const step = this.steps[at]!;
      switch (step.kind) {
        case "match":
          return "match";
        case "char":
          waiting.push(at);
          break;
        case "split":
          for (const next of step.to) open.push(next);
          break;
        default:
          if (step.kind === "start" ? isStart : isEnd) open.push(at + 1);
      }
    }
    return waiting;
  }
}

/** A step goes on to the next one; a split to others. */
type Step =
  | { readonly kind: "char"; readonly accepts: (char: string) => boolean }
  | { readonly kind: "start" | "end" | "match" }
  | { readonly kind: "split"; readonly to: number[] };

/** Repetitions are written out, so a short pattern may be a long program. */
const maxSteps = 1000;
const maxWork = 10_000;

class Program {
  private readonly steps: Step[] = [];
  private work = 0;

  of(expression: Expression): readonly Step[] {
    this.add(expression);
    this.steps.push({ kind: "match" });
    return this.steps;
  }

  private add(expression: Expression): void {
    if (++this.work > maxWork || this.steps.length > maxSteps) {
      throw new Unsupported();
    }
    switch (expression.kind) {
      case "sequence":
        for (const part of expression.parts) this.add(part);
        break;
      case "choice":
        this.addChoice(expression.parts);
        break;
      case "repeat":
        this.addRepeat(expression);
        break;
      default:
        this.steps.push(expression);
    }
  }

  private addChoice(parts: readonly Expression[]): void {
    const ways = this.split();
    const ends = parts.map((part) => {
      ways.push(this.steps.length);
      this.add(part);
      return this.split();
    });
    for (const end of ends) {
      end.push(this.steps.length);
    }
  }

  private addRepeat({ part, least, most }: Extract<Expression, { kind: "repeat" }>): void {
    for (let time = 0; time < least; time++) {
      this.add(part);
    }
    const exits: number[][] = [];
    const start = this.steps.length;
    for (let time = least; time < (most === Infinity ? least + 1 : most); time++) {
      exits.push(this.split(this.steps.length + 1));
      this.add(part);
    }
    if (most === Infinity) {
      this.split(start);
    }
    for (const exit of exits) {
      exit.push(this.steps.length);
    }
  }

  private split(...to: number[]): number[] {
    this.steps.push({ kind: "split", to });
    return to;
  }
}
