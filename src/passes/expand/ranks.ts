/** The machines by their place in the order of names, which sorts them as numbers. */
export class Ranks {
  private readonly ranks = new Map<string, number>();

  constructor(readonly machines: readonly string[]) {
    machines.forEach((machine, rank) => {
      this.ranks.set(machine, rank);
    });
  }

  /** The rank of each machine in a list that is known. */
  of(list: readonly string[]): Uint32Array {
    const ranks = new Uint32Array(list.length);
    let count = 0;
    // Lists are mostly in order, where the next machine needs no search.
    let next = 0;
    for (const machine of list) {
      const rank = this.machines[next] === machine ? next : this.ranks.get(machine);
      if (rank !== undefined) {
        ranks[count++] = rank;
        next = rank + 1;
      }
    }
    return ranks.subarray(0, count);
  }
}
