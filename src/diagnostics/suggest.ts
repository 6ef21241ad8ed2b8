/** Longer names get no suggestion. */
const maxLength = 100;

/** The most edits between two names, however long: the time to compare them grows with it. */
const maxEdits = 8;

/**
 * The known names nearest to `name`, best first: at most three, about equally near, and within an
 * edit distance of 40 % of its length, at most eight. If some differ only in letter case, only those.
 * Of those that are equally near, the one with the greater `weight` comes first. What a name is called
 * elsewhere, such as `class` for `machineClass`, is the nearest.
 */
export function nearest(
  name: string,
  known: Iterable<string>,
  weight: (name: string) => number = () => 0,
): string[] {
  if (name.length > maxLength) {
    return [];
  }
  const limit = Math.min(maxEdits, Math.max(1, Math.floor(name.length * 0.4)));
  const lower = name.toLowerCase();
  const distanceTo = distancesFrom(lower, limit);
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of known) {
    if (isSynonym(lower, candidate)) {
      return [candidate];
    }
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) {
      continue;
    }
    const distance = distanceTo(candidate.toLowerCase());
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

/** What fields of an inventory are called in flakes, nix-darwin, Ansible, Compose or Kubernetes. */
const synonyms: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    all: ["*"],
    allOf: ["all", "every"],
    anyOf: ["any", "include"],
    darwin: ["macos", "osx"],
    description: ["comment", "desc", "notes"],
    except: ["exclude", "excluding"],
    extraModules: ["imports", "modules"],
    input: ["flake", "source"],
    machineClass: ["class", "os"],
    machines: ["hosts", "members", "nodes"],
    meta: ["metadata"],
    module: ["kind", "service", "type", "uses"],
    name: ["service"],
    nixos: ["linux"],
    noneOf: ["none", "not"],
    settings: ["config", "options", "parameters", "params", "spec", "values", "variables", "vars"],
    tags: ["group", "groups", "labels"],
    targetHost: ["address", "host", "hostname", "ip"],
    values: ["variables", "vars"],
  }),
);

/** Whether a field of an inventory has this name elsewhere. */
export function isSynonym(name: string, field: string): boolean {
  return synonyms.get(field)?.includes(name.toLowerCase()) ?? false;
}
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
 * How much comparing of names is left for suggestions, all lists of names taken together: five million
 * pairs of letters, or one list if that is more, so that the work does not grow with the square of
 * the input.
 */
export class Ration {
  private left = 5_000_000;

  /** The names, to be compared with many unknown ones: none once nothing is left. */
  of(names: Iterable<string>): Iterable<string> {
    const list = [...names];
    const pairs = list.reduce((sum, { length }) => sum + pairsIn(Math.min(length, maxLength)), 0);
    const take = (): boolean => {
      const isLeft = this.left > 0;
      this.left -= pairs;
      return isLeft;
    };
    return {
      *[Symbol.iterator]() {
        if (take()) {
          yield* list;
        }
      },
    };
  }
}

/** The pairs of letters that are looked at in two names of this length. */
function pairsIn(length: number): number {
  return length * Math.min(length, 2 * maxEdits + 1);
}

/** The names that are valid where an unknown one was found. */
export interface KnownNames {
  readonly all: readonly string[];
  /** The names to suggest from, as long as their {@link Ration} lasts. */
  readonly near: Iterable<string>;
}

export function knownNames(names: Iterable<string>, ration: Ration): KnownNames {
  const all = [...names];
  return { all, near: ration.of(all) };
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

/** {@link distancesFrom} for one other word. */
export function editDistance(a: string, b: string, limit: number): number {
  return distancesFrom(a, limit)(b);
}

/**
 * The optimal string alignment distance (insert, delete, replace, or swap two neighbours) to other
 * words, or infinity if it is above `limit`. What both words start and end with is left out;
 * prefixes that differ in length by more than the limit cannot lead to a result and are skipped.
 */
function distancesFrom(a: string, limit: number): (b: string) => number {
  const beyond = limit + 1;
  // For any number of words, because to make them takes longer than to fill them.
  let [beforeLast, last, row]: [number[], number[], number[]] = [[], [], []];
  return (b) => {
    const [start, aEnd, bEnd] = differingParts(a, b);
    const [aLength, bLength] = [aEnd - start, bEnd - start];
    if (Math.abs(aLength - bLength) > limit) {
      return Infinity;
    }
    for (let j = 0; j <= beyond; j++) {
      last[j] = j;
    }
    for (let i = 1; i <= aLength; i++) {
      const letter = a.charCodeAt(start + i - 1);
      const first = Math.max(1, i - limit);
      const end = Math.min(bLength, i + limit);
      row[first - 1] = first === 1 ? i : beyond;
      row[end + 1] = beyond;
      let before = row[first - 1]!;
      let diagonal = last[first - 1]!;
      let least = before;
      for (let j = first; j <= end; j++) {
        const above = last[j]!;
        const other = b.charCodeAt(start + j - 1);
        let best = diagonal;
        if (other !== letter) {
          best =
            1 + (before < above ? (before < best ? before : best) : above < best ? above : best);
          const isSwapped =
            i > 1 &&
            j > 1 &&
            letter === b.charCodeAt(start + j - 2) &&
            other === a.charCodeAt(start + i - 2);
          if (isSwapped && beforeLast[j - 2]! < best) {
            best = beforeLast[j - 2]! + 1;
          }
        }
        row[j] = best;
        if (best < least) {
          least = best;
        }
        before = best;
        diagonal = above;
      }
      if (least > limit) {
        return Infinity;
      }
      [beforeLast, last, row] = [last, row, beforeLast];
    }
    return last[bLength]! <= limit ? last[bLength]! : Infinity;
  };
}

/** Where two words start to differ, and where in each of them the end starts that both have. */
function differingParts(
  a: string,
  b: string,
): readonly [start: number, aEnd: number, bEnd: number] {
  let start = 0;
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) {
    start++;
  }
  let [aEnd, bEnd] = [a.length, b.length];
  while (aEnd > start && bEnd > start && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd--;
    bEnd--;
  }
  return [start, aEnd, bEnd];
}
