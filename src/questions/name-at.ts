import { type Data, isDataMap, valueAt } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import type { Range, Source } from "../model/source.js";
import { type Occurrence, occurrencesIn } from "./occurrences.js";
import { type SourcePlace, wordAt } from "./place-at.js";
import type { At, View } from "./view.js";

/** A name in a source, which may be as it was last read. */
export interface NamePlace extends Occurrence {
  readonly source: Source;
}

/** Every name in every source, or those that are wanted. */
export function namesIn(
  { lastRead }: View,
  isWanted: (occurrence: Occurrence) => boolean = () => true,
): readonly NamePlace[] {
  return [...lastRead].flatMap(([source, document]) =>
    document === undefined
      ? []
      : occurrencesIn(document.value)
          .filter(isWanted)
          .map((occurrence) => ({ ...occurrence, source })),
  );
}

/** The name of a machine, tag or instance under the cursor. */
export function nameAt(view: View, at: At): NamePlace | undefined {
  const place = wordAt(view, at);
  return place && nameIn(view, place);
}

/** The same for a place that is known. */
export function nameIn(
  { lastRead }: View,
  { path, part, source, guess }: SourcePlace,
): NamePlace | undefined {
  const [known, document] = [...lastRead].find(([{ name }]) => name === source.name)!;
  const isHere = (name: Occurrence) => name.isKey === (part === "key") && isSame(name.path, path);
  const found = occurrencesIn(around(guess ?? document?.value, path)).find(isHere);
  return found && { ...found, source: guess === undefined ? known : source };
}

/** The one machine, tag or instance that a path leads into; the names of all others are not needed. */
function around(value: Data | undefined, [section = "", name = ""]: Path): Data {
  const all = valueAt(value, [section]) ?? null;
  const one = isDataMap(all) ? valueAt(all, [name]) : undefined;
  return { [section]: one === undefined ? all : { [name]: one } };
}

/** Where a name is in the texts as they are. */
export function rangeOfName(view: View, { source, path, isKey }: NamePlace): Range | undefined {
  return view.rangeOf(originOf(source, path, isKey));
}

function originOf(source: Source, path: Path, isKey: boolean): Origin {
  const origin = Origin.root(source).to(path);
  return isKey ? origin.asKey() : origin;
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
