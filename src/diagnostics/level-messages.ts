/** Messages about what is allowed, but at another level. */
import { type Data, isDataMap } from "../model/data.js";
import type { DataChange } from "../model/data-change.js";
import type { Origin, Path } from "../model/origin.js";
import { setEntry } from "../model/value.js";
import type { Finding, Place, ProposedFix } from "./diagnostic.js";
import { error } from "./finding.js";
import { nestedIn, sketch } from "./sketch.js";
import { clipped, dotted, firstNames, joinNames, quoted } from "./words.js";

/** Where entries belong that are in another map now. */
export interface Home {
  readonly entries: readonly (readonly [key: string, value: Data])[];
  /** Where the entries are now that belong in the value of the only entry. */
  readonly followers: readonly Path[];
  /** The keys that are in the value of the only entry now, and belong beside it. */
  readonly strays: readonly string[];
  /** The path of the map, where it can be told. */
  readonly owner: Path | undefined;
  /** The same as the message shows it, maybe with names like `<machine>`. */
  readonly shown: Path;
  readonly isCertain: boolean;
}

/** So many keys are named, and so many moved by one fix. */
const maxShown = 3;
const maxMoved = 20;

/** `places` are those of the keys of `home.entries`. */
export function misplacedKeys(
  places: readonly Origin[],
  { entries, followers, strays, owner, shown, isCertain }: Home,
): Finding {
  const where = shown.length === 0 ? "at the top level" : `under '${dotted(shown)}'`;
  const moved = {};
  for (const [key, value] of entries.slice(0, maxShown)) {
    setEntry(moved, key, value);
  }
  const names = entries.slice(0, maxShown).map(([key]) => `'${clipped(key)}'`);
  const more = entries.length > maxShown ? [`${entries.length - maxShown} more`] : [];
  const verb = entries.length === 1 ? "belongs" : "belong";
  const message = `${joinNames([...names, ...more])} ${verb} ${where}`;
  const beside =
    strays.length === 0 ? "" : `, with ${joinNames(firstNames(strays.map(quoted)))} beside it`;
  return error("misplaced-key", places[0]!, message, {
    help: `write ${sketch(nestedIn(shown, moved))}${beside}`,
    ...(owner !== undefined && {
      fixes:
        entries.length + followers.length + strays.length > maxMoved
          ? []
          : [
              {
                title: `move ${where.replace(/^at/, "to")}`,
                applicability: isCertain && followers.length === 0 ? "safe" : "unsafe",
                source: places[0]!.source,
                changes: move(
                  places.map(({ path }) => path),
                  { followers, strays, owner },
                ),
              },
            ],
      hides: [...places.slice(0, maxMoved).map(({ path }) => path.at(-1)!), ...strays].map(
        (key) => [...owner, key],
      ),
    }),
  });
}

/** A name without a value, indented like the keys below it, which repeat keys above it. */
export function nameAmongKeys(place: Origin, fixes: readonly ProposedFix[]): Finding {
  const name = quoted(String(place.path.at(-1)));
  return error("misplaced-key", place, `${name} is indented like the keys below it`, {
    help: `the keys below repeat keys above; indent ${name} less, so that they belong to it`,
    hides: [[...place.path.slice(0, -2), place.path.at(-1)!]],
    fixes,
  });
}

/** `path` leads to the inventory inside. */
export function wrappedInventory(place: Place, path: Path, inventory: Data): Finding {
  const keys = isDataMap(inventory) ? Object.keys(inventory) : [];
  const message = `the inventory is wrapped in '${dotted(path)}'`;
  return error("misplaced-key", place, message, {
    help: "write its keys at the top level",
    hides: [[]],
    ...((keys.length > 0 || inventory === null) &&
      keys.length <= maxMoved && {
        fixes: [
          {
            title: `remove '${dotted(path)}'`,
            applicability: "safe",
            source: place.source,
            changes: [
              ...keys.map(
                (key) => ({ kind: "moveEntry", from: [...path, key], to: [key] }) as const,
              ),
              { kind: "removeEntry", path: path.slice(0, 1) },
            ],
          },
        ],
      }),
  });
}

/** `inventory.machines` as it is written in Nix; `key` is what is left of it. */
export function wrappedKey(place: Origin, written: string, key: string): Finding {
  return error(
    "misplaced-key",
    place,
    `'${written}' is '${key}' here: this file is the inventory`,
    {
      help: `write ${key}:`,
      hides: [[key]],
      fixes: [
        {
          title: `replace with '${key}'`,
          applicability: "safe",
          source: place.source,
          changes: [{ kind: "replaceKey", path: place.path, key }],
        },
      ],
    },
  );
}

/** Moves entries to another map; `followers` go into the first, and `strays` out of it. */
function move(
  paths: readonly Path[],
  {
    followers,
    strays,
    owner,
  }: { followers: Home["followers"]; strays: Home["strays"]; owner: Path },
): readonly DataChange[] {
  const moves = paths.map((from) => [from, [...owner, from.at(-1)!]] as const);
  const [, target] = moves[0]!;
  const inside = followers.map((path) => [path, [...target, path.at(-1)!]] as const);
  const beside = strays.map(
    (key) =>
      [
        [...target, key],
        [...owner, key],
      ] as const,
  );
  return [...moves, ...inside, ...beside].map(([from, to]) => ({ kind: "moveEntry", from, to }));
}
