/** What is in a text of JSON by a slip, as patterns that match where they are tried. */

/** A string whose first quote is missing, to the end of its entry. */
export const withoutOpeningQuote =
  /(?!(?:true|false|null|-?\d[\d.]*)")[^\s"'{}[\],:][^"'\n{}[\],]{0,200}"(?=[ \t]*(?:[,}\]]|\r?\n|$))/y;

/** A quote behind a string, before a comma, a bracket or the end of the line. */
export const strayQuote = /["'](?=[ \t]*(?:[}\]]|,?[ \t]*(?:\r?\n|$)|,[ \t]*["{[\d-]))/y;

/** A word behind an entry of a map, or a sign. */
const strayWord = /(?:[\w$][-\w$.]*|\.)(?=[ \t]*(?:[,}]|\r?\n|$))/y;

/** The same where an entry may start: it is no key, and a comma behind it is its own. */
export const strayEntry = /(?:[\w$][-\w$.]*|\.)(?:[ \t]*,|(?=[ \t]*(?:\}|\r?\n|$)))/y;

/** A sign among the items of a list, or a word at the end of a line without a comma. */
export const strayItem =
  /[.;](?=\s)|(?!true|false|null)[A-Za-z_$][\w$.-]*(?=[ \t]*\r?\n\s*["'{[])/y;

/** The same after an item without a comma, where no other item may come. */
const strayAfterItem =
  /[.;](?=\s)|(?!true|false|null)[A-Za-z_$][\w$.-]*(?=[ \t]*\r?\n\s*["'{[\]])/y;

/** The entries of a map, or the items of a list. */
export interface Entries {
  /** What one may start with. */
  readonly entryStart: RegExp;
  /** What is none: after an entry, and after its comma. */
  readonly stray: RegExp;
  readonly strayAfterComma: RegExp;
  /** Whether the map has this key already, which is said of it. */
  readonly isRepeated: (name: string | undefined) => boolean;
}

export const itemsOfLists: Entries = {
  entryStart: /["'{[\w+.-]/,
  stray: strayAfterItem,
  strayAfterComma: strayItem,
  isRepeated: () => false,
};

export const entriesOfMaps = {
  entryStart: /["'A-Za-z_$]/,
  stray: strayWord,
  strayAfterComma: strayEntry,
};
