/** Messages about what is allowed, but at another level. */
import { type Data, isDataMap } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import { setEntry } from "../model/value.js";
import type { Applicability, Finding, Place, ProposedFix } from "./diagnostic.js";
import { error } from "./finding.js";
import { nestedIn, sketch } from "./sketch.js";
import { clipped, dotted, joinNames } from "./words.js";

/** Where entries belong that are in another map now. */
export interface Home {
  readonly entries: readonly (readonly [key: string, value: Data])[];
  /** The path of the map, where it can be told. */
  readonly owner: Path | undefined;
  /** The same as the message shows it, maybe with names like `<machine>`. */
  readonly shown: Path;
  readonly isCertain: boolean;
}

/** So many keys are named, and so many moved by one fix. */
const maxShown = 3;
const maxMoved = 50;

/** `places` are those of the keys of `home.entries`. */
export function misplacedKeys(
  places: readonly Origin[],
  { entries, owner, shown, isCertain }: Home,
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
  return error("misplaced-key", places[0]!, message, {
    help: `write ${sketch(nestedIn(shown, moved))}`,
    ...(owner !== undefined && {
      fixes:
        entries.length > maxMoved
          ? []
          : [move(places, owner, isCertain ? "safe" : "unsafe", where)],
      hides: places.slice(0, maxMoved).map(({ path }) => [...owner, path.at(-1)!]),
    }),
  });
}

/** `path` leads to the inventory inside. */
export function wrappedInventory(place: Place, path: Path, inventory: Data): Finding {
  const keys = isDataMap(inventory) ? Object.keys(inventory) : [];
  const message = `the inventory is what is under '${dotted(path)}' here`;
  return error("misplaced-key", place, message, {
    help: "write its keys at the top level",
    hides: [[]],
    ...(keys.length > 0 && {
      fixes: [
        {
          title: `remove '${dotted(path)}'`,
          applicability: "safe",
          source: place.source,
          changes: [
            ...keys.map((key) => ({ kind: "moveEntry", from: [...path, key], to: [key] }) as const),
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

function move(
  places: readonly Origin[],
  owner: Path,
  applicability: Applicability,
  where: string,
): ProposedFix {
  const changes = places.map(({ path }) => {
    return { kind: "moveEntry", from: path, to: [...owner, path.at(-1)!] } as const;
  });
  return { title: `move ${where}`, applicability, source: places[0]!.source, changes };
}
