/** Numbers that look random and are the same for the same seeds (mulberry32). */
export class Random {
  private state = 0x9e3779b9;

  constructor(...seeds: readonly number[]) {
    for (const seed of seeds) {
      this.state = Math.imul(this.state ^ seed, 0x85ebca6b) + this.below(2 ** 32);
    }
  }

  /** An integer from 0 up to but not including `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  chance(probability: number): boolean {
    return this.below(1000) < probability * 1000;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Each element with the given probability, in an order of its own. */
  some<T>(list: readonly T[], probability: number): T[] {
    const left = list.filter(() => this.chance(probability));
    return this.times(left.length, () => left.splice(this.below(left.length), 1)[0]!);
  }

  /** `count` values. */
  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}
