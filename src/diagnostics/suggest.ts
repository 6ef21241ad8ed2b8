/** Longer names get no suggestion: comparing takes time quadratic in the length. */
const maxLength = 100;

/**
 * The known names nearest to `name`, best first: at most three, about equally near, and within an
 * edit distance of 40 % of its length. If some differ only in letter case, only those. Of those that
 * are equally near, the one with the greater `weight` comes first. What a name is called elsewhere,
 * such as `class` for `machineClass`, is the nearest.
 */
export function nearest(
  name: string,
  known: Iterable<string>,
  weight: (name: string) => number = () => 0,
): string[] {
  if (name.length > maxLength) {
    return [];
  }
  const limit = Math.max(1, Math.floor(name.length * 0.4));
  const lower = name.toLowerCase();
  const synonym = synonyms.get(lower);
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of known) {
    if (candidate === synonym) {
      return [candidate];
    }
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) {
      continue;
    }
    const distance =
      candidate.toLowerCase() === lower ? 0 : editDistance(lower, candidate.toLowerCase(), limit);
    if (distance === 0 || (distance <= limit && haveTwoInCommon(name, candidate))) {
      scored.push({ candidate, distance });
    }
  }
  scored.sort(
    (a, b) =>
      a.distance - b.distance ||
      weight(b.candidate) - weight(a.candidate) ||
      (a.candidate < b.candidate ? -1 : 1),
  );
  const best = scored[0]?.distance ?? 0;
  const close = scored.filter(({ distance }) => distance <= (best === 0 ? 0 : best + 1));
  return close.slice(0, 3).map(({ candidate }) => candidate);
}

/** What people who come from flakes, nix-darwin or other tools write, and what it is here. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["class", "machineClass"],
  ["config", "settings"],
  ["hosts", "machines"],
  ["linux", "nixos"],
  ["macos", "darwin"],
  ["nodes", "machines"],
  ["osx", "darwin"],
  ["service", "module"],
]);

/**
 * Whether two names within one edit of each other share at least two letters. With only one letter
 * in common, any short name would be a suggestion for any other.
 */
function haveTwoInCommon(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  const areSwapped = a.toLowerCase() === [...b.toLowerCase()].reverse().join("");
  return shorter > 2 || (shorter === 2 && (a.length !== b.length || areSwapped));
}

/**
 * The known name that another one, which may be right, is most likely a typo of: it differs by one
 * letter, or by two where it is long. Names that differ in digits or signs do so on purpose.
 */
export function misspelt(name: string, known: Iterable<string>): string | undefined {
  const lower = name.toLowerCase();
  const letters = lower.replace(/[^a-z]/g, "");
  return Array.from(known).find((other) => {
    const limit = other.length < 4 ? 0 : other.length < 8 ? 1 : 2;
    const isOther = other.toLowerCase().replace(/[^a-z]/g, "") !== letters;
    return isOther && editDistance(lower, other.toLowerCase(), limit) <= limit;
  });
}

/**
 * The names, to be compared with many unknown ones. After fifty million pairs of letters, or one
 * pass over all names if that is more, it yields nothing, so that the work does not grow with the
 * square of the input.
 */
export function rationed(names: Iterable<string>): Iterable<string> {
  const list = [...names];
  const letters = list.reduce((sum, { length }) => sum + Math.min(length, maxLength) ** 2, 0);
  let left = Math.max(50_000_000, letters);
  return {
    *[Symbol.iterator]() {
      left -= letters;
      if (left >= 0) {
        yield* list;
      }
    },
  };
}

/** The names that are valid where an unknown one was found. */
export interface KnownNames {
  readonly all: readonly string[];
  /** The names to suggest from, {@link rationed}. */
  readonly near: Iterable<string>;
}

export function knownNames(names: Iterable<string>): KnownNames {
  const all = [...names];
  return { all, near: rationed(all) };
}

/** `; did you mean 'a', 'b' or 'c'?`, or nothing without names. `sign` is put before each name. */
export function didYouMean(near: readonly string[], sign = ""): string {
  const names = near.map((name) => `'${sign}${name}'`);
  if (names.length === 0) {
    return "";
  }
  const last = names.pop()!;
  return `; did you mean ${names.length > 0 ? `${names.join(", ")} or ` : ""}${last}?`;
}

/**
 * The optimal string alignment distance (insert, delete, replace, or swap two neighbours), or
 * infinity if it is above `limit`. Prefixes that differ in length by more than the limit cannot
 * lead to a result and are skipped.
 */
export function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) =>
    index <= limit ? index : Infinity,
  );
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(Infinity);
    if (i <= limit) {
      row[0] = i;
    }
    let least = row[0]!;
    const end = Math.min(b.length, i + limit);
    for (let j = Math.max(1, i - limit); j <= end; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row[j] = best;
      least = Math.min(least, best);
    }
    if (least > limit) {
      return Infinity;
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
