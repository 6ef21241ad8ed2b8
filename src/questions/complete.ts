import { getOrInsertComputed } from "../model/maps.js";
import { formatOf, type Range, type Span, type TextEdit } from "../model/source.js";
import { readTolerantly } from "../text/read-tolerantly.js";
import type { Offer, OfferKind } from "./complete/offer.js";
import { offersAt } from "./complete/offers-at.js";
import { Surroundings } from "./complete/surroundings.js";
import { type Layout, writeOffer } from "./complete/write-offer.js";
import type { At, View } from "./view.js";

/** What may be written at a place, the best first. */
export interface Completions {
  readonly items: readonly Completion[];
  /** False where so many fit that only those with the typed word are here. */
  readonly isComplete: boolean;
}

export interface Completion {
  readonly label: string;
  readonly kind: OfferKind;
  /** One line. */
  readonly detail?: string;
  /** Markdown; made once it is looked at. */
  readonly documentation?: string | undefined;
  /** What to compare with the text from the start of the edit to the cursor. */
  readonly filterText: string;
  /** Sorts the items as they are. */
  readonly sortText: string;
  /** Its lines have all the indentation they need. */
  readonly edit: { readonly range: Range; readonly text: string };
  /** Where in the text of the edit the cursor goes on; its end where it is absent. */
  readonly caret?: number;
  /** What else to insert: a comma that is missing before. */
  readonly additionalEdits: readonly { readonly range: Range; readonly text: string }[];
}

/** More are of no help to anybody. */
const mostItems = 1000;

/**
 * Offers keys, names, values and special forms at a place of a text in any state. Names are those of
 * this inventory, from all of its sources.
 */
export function complete(view: View, at: At): Completions {
  const source = [...view.documents.keys()].find(({ name }) => name === at.source);
  if (source === undefined || at.offset < 0 || at.offset > source.text.length) {
    return { items: [], isComplete: true };
  }
  const format = formatOf(source) ?? "yaml";
  const isRead = view.documents.get(source) !== undefined;
  const reading = readTolerantly(source.text, format, at.offset, isRead ? "place" : "all");
  const { place } = reading;
  if (place === undefined) {
    return { items: [], isComplete: true };
  }
  const surroundings = new Surroundings(view, source, isRead ? undefined : reading.value, place);
  const offers = unique(offersAt(place, format, surroundings));
  const fitting = offers.length > mostItems ? offers.filter(fits(place.typed)) : offers;
  const ranges = new Map<string, Range>();
  const rangeOf = ({ start, end }: Span): Range =>
    getOrInsertComputed(ranges, `${start} ${end}`, () => view.rangeOf({ source, start, end })!);
  const edit = ({ text, ...span }: TextEdit) => ({ range: rangeOf(span), text });
  return {
    items: fitting
      .slice(0, mostItems)
      .map((offer, index) =>
        toItem(offer, index, { ...reading, place, format, text: source.text }, edit),
      ),
    isComplete: offers.length <= mostItems,
  };
}

function toItem(
  offer: Offer,
  index: number,
  { place, ...layout }: Layout & { readonly text: string },
  edit: (edit: TextEdit) => Completion["edit"],
): Completion {
  const { label, kind, detail, describe } = offer;
  const { text, caret } = writeOffer(offer, { ...layout, place });
  const span = text.startsWith(layout.eol) ? withBlanks(place.span, layout.text) : place.span;
  const comma = place.commaBefore;
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    get documentation() {
      return describe?.();
    },
    filterText: `${place.isQuoted ? place.quote : ""}${label}`,
    sortText: String(index).padStart(4, "0"),
    edit: edit({ ...span, text }),
    ...(caret !== undefined && { caret }),
    additionalEdits: comma === undefined ? [] : [edit({ start: comma, end: comma, text: "," })],
  };
}

/** The span and the blanks before it, where its text starts on another line. */
function withBlanks({ start, end }: Span, text: string): Span {
  const blanks = /[ \t]*$/.exec(text.slice(Math.max(0, start - 100), start))![0].length;
  return { start: start - blanks, end };
}

function fits(typed: string): (offer: Offer) => boolean {
  const word = typed.replace(/^["']/, "").toLowerCase();
  return ({ label }) => label.toLowerCase().includes(word);
}

/** The first of each label, those with the best rank first. */
function unique(offers: readonly Offer[]): readonly Offer[] {
  const byLabel = new Map<string, Offer>();
  for (const offer of [...offers].sort((a, b) => a.rank - b.rank)) {
    if (!byLabel.has(offer.label)) {
      byLabel.set(offer.label, offer);
    }
  }
  return [...byLabel.values()];
}
