import type { Data } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import type { Range, Source } from "../model/source.js";
import { type Occurrence, occurrencesIn } from "./occurrences.js";
import { type SourcePlace, wordAt } from "./place-at.js";
import type { At, View } from "./view.js";

/** A name in a source, which may be as it was last read. */
export interface NamePlace extends Occurrence {
  readonly source: Source;
}

/** Every name in every source. */
export function* namesIn({ lastRead }: View): Generator<NamePlace> {
  for (const [source, document] of lastRead) {
    if (document !== undefined) {
      yield* namesOf(source, document.value);
    }
  }
}

function* namesOf(source: Source, value: Data): Generator<NamePlace> {
  for (const occurrence of occurrencesIn(value)) {
    yield { ...occurrence, source };
  }
}

/** The name of a machine, tag or instance under the cursor. */
export function nameAt(view: View, at: At): NamePlace | undefined {
  const place = wordAt(view, at);
  return place && nameIn(view, place);
}

/** The same for a place that is known. */
export function nameIn(view: View, place: SourcePlace): NamePlace | undefined {
  const { path, part, source, guess } = place;
  for (const name of guess === undefined ? namesIn(view) : namesOf(source, guess)) {
    const isHere =
      name.source.name === source.name &&
      name.isKey === (part === "key") &&
      isSame(name.path, path);
    if (isHere) {
      return name;
    }
  }
  return undefined;
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
