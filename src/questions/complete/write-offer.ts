import type { SourceFormat } from "../../model/source.js";
import type { CursorPlace } from "../../text/cursor-place.js";
import type { TolerantReading } from "../../text/read-tolerantly.js";
import { quoted, stringText } from "../../text/yaml-writer.js";
import type { Offer, Shape } from "./offer.js";

/** The place, and how the text around it is laid out. */
export type Layout = Pick<TolerantReading, "mapStep" | "listStep" | "eol"> & {
  readonly place: CursorPlace;
  readonly format: SourceFormat;
};

interface Written {
  readonly text: string;
  /** Where the cursor goes on; at the end where it is absent. */
  readonly caret?: number;
}

/** The text of an offer, in the style of the place. */
export function writeOffer(offer: Offer, layout: Layout): Written {
  const { place } = layout;
  const { text, caret } = written(offer, layout);
  const comma = place.needsComma && !place.hasColon ? "," : "";
  const start = place.lead.length;
  return {
    text: place.lead + text + comma,
    ...((caret !== undefined || comma !== "") && { caret: start + (caret ?? text.length) }),
  };
}

function written(offer: Offer, layout: Layout): Written {
  const { place } = layout;
  if (offer.as === "value") {
    return { text: offer.text ?? scalarText(offer.label, layout) };
  }
  if (offer.as === "item") {
    return writeItem(scalarText(offer.label, layout), layout);
  }
  const key = keyText(offer.label, layout);
  if (place.hasColon) {
    return { text: key };
  }
  return place.wants === "value"
    ? writeNested(key, offer.shape ?? "scalar", layout)
    : writeEntry(key, offer.shape ?? "scalar", place.column, layout);
}

/** An item of a list that is not there yet. */
function writeItem(item: string, { place, format }: Layout): Written {
  if (place.wants === "either" && !place.isFlow && format === "yaml") {
    return { text: place.lead.endsWith("- ") ? item : `- ${item}` };
  }
  return { text: `[${item}]`, caret: item.length + 1 };
}

/** An entry of a map that is not there yet, on the line of its key. */
function writeNested(key: string, shape: Shape, layout: Layout): Written {
  const { place, format, eol, mapStep } = layout;
  if (!place.isFlow && format === "yaml") {
    const column = place.column + mapStep;
    const { text } = writeEntry(key, shape, column, layout);
    return { text: `${eol}${" ".repeat(column)}${text}` };
  }
  const padding = format === "json" ? "" : " ";
  const { text, caret } = writeEntry(key, shape, 0, layout);
  const start = 1 + padding.length;
  return { text: `{${padding}${text}${padding}}`, caret: start + (caret ?? text.length) };
}

function writeEntry(key: string, shape: Shape, column: number, layout: Layout): Written {
  const { place, format, eol, mapStep, listStep } = layout;
  if (shape === "scalar") {
    return { text: `${key}: ` };
  }
  if (!place.isFlow && format === "yaml") {
    const isList = shape === "list";
    const indent = " ".repeat(column + (isList ? listStep : mapStep));
    return { text: `${key}:${eol}${indent}${isList ? "- " : ""}` };
  }
  const padding = format === "json" ? "" : " ";
  const isList = shape === "list" || shape === "listOrMap";
  const [open, close] = isList ? ["[", "]"] : [`{${padding}`, `${padding}}`];
  const start = `${key}: ${open}`;
  return { text: start + close, caret: start.length };
}

function keyText(name: string, layout: Layout): string {
  const { place, format } = layout;
  // A key is taken by its source text, whatever that could be as a value.
  const isPlain = stringText(name) === name || /^\d[\w.-]*$/.test(name);
  return quotedText(name, format === "json" ? '"' : place.quote, isPlain, layout);
}

function scalarText(name: string, layout: Layout): string {
  const { place, format } = layout;
  const quote = format === "json" ? '"' : place.isQuoted || place.isFlow ? place.quote : "";
  return quotedText(name, quote, stringText(name) === name, layout);
}

function quotedText(
  name: string,
  quote: CursorPlace["quote"],
  isPlain: boolean,
  { place }: Layout,
): string {
  if (quote === "'" && /^[ -~]*$/.test(name)) {
    return `'${name.replaceAll("'", "''")}'`;
  }
  const isSafe = isPlain && !(place.isFlow && /[,[\]{}]/.test(name));
  return quote === "" && isSafe ? name : quoted(name);
}
