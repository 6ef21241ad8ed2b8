import { type Data, isDataMap } from "../../model/data.js";
import { orderedKeys } from "../../model/name-order.js";
import { formOf } from "../../model/special-forms.js";
import { scalarText as jsonScalarText } from "../json-writer.js";
import type { Node, Slot } from "../syntax.js";
import { isLiteral, printable, quoted, scalarText, stringText } from "../yaml-writer.js";
import type { Style } from "./edit-style.js";

/** Something to write where a value goes. */
export interface Content {
  /**
   * What follows a colon, a dash or a tag in a block map or list at `column`: a space and the
   * start of the value, or a line break and whole lines.
   */
  block(column: number, kind: Slot["kind"]): string;
  /** The value within brackets, on a line that starts with `indentation`; behind a tag it has none. */
  flow(indentation: string, isArgument?: boolean): string;
  /** Whether it fits in a list in brackets. */
  readonly isShort: boolean;
  /** The comments above the entry or item whose value this is, in a block. */
  readonly comments?: readonly string[];
  /** Whether it holds the comment beside the value that it replaces. */
  readonly hasCommentBeside?: true;
}

/** Keys longer than this need a line of their own in YAML. */
export const maxKey = 1000;

/** The widest line that a list or map in brackets may make where it could be a block. */
const maxWidth = 100;

/**
 * Data, written as the value that it replaces or follows: in brackets where that is, and on one
 * line.
 */
export function dataContent(value: Data, style: Style, like?: Node, text = ""): Content {
  const isFlowLike =
    (like?.kind === "map" || like?.kind === "list") &&
    like.style === "flow" &&
    like.slots.length > 0 &&
    !text.slice(like.start, like.end).includes("\n");
  const written = isFlowLike ? { ...style, isSpread: false } : style;
  return {
    block: (column, kind) => blockText(value, { column, kind, style, isFlowLike }),
    flow: (indentation, isArgument) => flowText(value, indentation, written, isArgument),
    isShort: isScalar(value, style),
  };
}

/** A map or list with this alone in it. */
export function nestedContent(step: string | number, content: Content, style: Style): Content {
  if (typeof step === "string") {
    return {
      block(column, kind) {
        const inside = columnInside("map", { column, kind, style });
        return breakBefore(entryText(step, content, inside, style), inside, kind, style);
      },
      flow: (indentation) =>
        bracketed("map", [(inside) => flowEntry(step, content, inside, style)], indentation, style),
      isShort: false,
    };
  }
  return {
    block(column, kind) {
      if (content.isShort && style.hasFlowLists) {
        return ` [${style.listPadding}${content.flow("")}${style.listPadding}]`;
      }
      const inside = columnInside("list", { column, kind, style });
      return breakBefore(itemText(content, inside, style), inside, kind, style);
    },
    flow: (indentation) =>
      bracketed("list", [(inside) => content.flow(inside)], indentation, style),
    isShort: false,
  };
}

/** An entry of a block map at `column`, which its first line starts at. */
export function entryText(key: string, content: Content, column: number, style: Style): string {
  const text = stringText(key);
  const value = content.block(column, "entry");
  const above = commentsAbove(content, column, style);
  if (text.length <= maxKey) {
    return `${above}${text}:${value}`;
  }
  // Unlike below a key, a list needs to be indented below the colon.
  const isList = new RegExp(`^\\r?\\n {${column}}-`).test(value);
  const inner = isList ? content.block(column, "form") : value;
  return `${above}? ${text}${style.eol}${" ".repeat(column)}:${inner}`;
}

export function itemText(content: Content, column: number, style: Style): string {
  return `${commentsAbove(content, column, style)}-${content.block(column, "item")}`;
}

function commentsAbove({ comments = [] }: Content, column: number, { eol }: Style): string {
  return comments.map((comment) => `${comment}${eol}${" ".repeat(column)}`).join("");
}

/** An entry within braces. */
export function flowEntry(
  key: string,
  content: Content,
  indentation: string,
  style: Style,
): string {
  return `${flowKey(key, style)}${style.colon}${content.flow(indentation)}`;
}

export function flowKey(key: string, style: Style): string {
  const text = stringIn(key, true, style);
  return text.length > maxKey && style.format === "yaml" ? `? ${text} ` : text;
}

/** A string as it needs to be written, within brackets or not. */
export function stringIn(text: string, isFlow: boolean, { format }: Pick<Style, "format">): string {
  if (format === "json") {
    return JSON.stringify(text);
  }
  return isFlow && /[,[\]{}]/.test(text) ? quoted(text) : stringText(text);
}

/** A string in quotes, whether it needs them or not. */
export function inQuotes(text: string, isFlow: boolean, style: Pick<Style, "format">): string {
  const needed = stringIn(text, isFlow, style);
  return needed === text ? JSON.stringify(text) : needed;
}

const singleQuotable = new RegExp(`^[ -~${printable}]*$`, "u");

/**
 * A string in place of another, in its quotes. Where it brings quotes that the other can do
 * without, they are single, so that it is known on the way back.
 */
export function requoted(
  text: string,
  old: { readonly text: string; readonly quotes: string },
  isFlow: boolean,
  style: Pick<Style, "format">,
): string {
  const needed = stringIn(text, isFlow, style);
  if (style.format === "json") {
    return needed;
  }
  const isNeeded = needed !== text;
  const single = singleQuotable.test(text) ? `'${text.replaceAll("'", "''")}'` : quoted(text);
  const wasNeeded = stringIn(old.text, isFlow, style) !== old.text;
  if (old.quotes === "double" && singleQuotable.test(old.text)) {
    return quoted(text);
  }
  return old.quotes === "single" && !wasNeeded ? single : isNeeded ? single : text;
}

interface Place {
  readonly column: number;
  readonly kind: Slot["kind"];
  readonly style: Style;
  /** Whether a map or list is written in brackets. */
  readonly isFlowLike?: boolean;
}

/** The column of the entries of a block map or list in a slot. */
export function columnInside(
  collection: "map" | "list",
  { column, kind, style }: Pick<Place, "column" | "kind" | "style">,
): number {
  if (column < 0) {
    return 0;
  }
  if (kind === "item") {
    return column + 2;
  }
  return column + (collection === "list" && kind === "entry" ? style.listStep : style.mapStep);
}

function breakBefore(text: string, inside: number, kind: Slot["kind"], { eol }: Style): string {
  return kind === "item" ? ` ${text}` : `${eol}${" ".repeat(inside)}${text}`;
}

function blockText(value: Data, place: Place): string {
  const form = place.kind === "form" ? undefined : formIn(value);
  return form === undefined
    ? untaggedText(value, place)
    : ` !${form.name}${untaggedText(form.argument, { ...place, kind: "form" })}`;
}

function untaggedText(value: Data, place: Place): string {
  const { column, kind, style, isFlowLike } = place;
  if (
    typeof value === "string" &&
    style.hasLiterals &&
    isLiteral(value) &&
    !value.endsWith("\n\n")
  ) {
    const inside = " ".repeat(column < 0 ? 2 : columnInside("map", place));
    const lines = (value.endsWith("\n") ? value.slice(0, -1) : value).split("\n");
    const header = value.endsWith("\n") ? " |" : " |-";
    return [header, ...lines.map((line) => (line === "" ? "" : inside + line))].join(style.eol);
  }
  if (!hasEntries(value)) {
    return ` ${scalarText(value)}`;
  }
  const items = Array.isArray(value) ? (value as readonly Data[]) : undefined;
  if (isFlowLike || (style.hasFlowLists && items?.every((item) => isScalar(item, style)))) {
    const text = ` ${flowText(value, "", style, true)}`;
    if (Math.max(column, 0) + text.length <= maxWidth) {
      return text;
    }
  }
  const inside = columnInside(items === undefined ? "map" : "list", place);
  const parts =
    items === undefined
      ? orderedKeys(value as object).map((key) =>
          entryText(key, dataContent((value as Entries)[key]!, style), inside, style),
        )
      : items.map((item) => itemText(dataContent(item, style), inside, style));
  return breakBefore(parts.join(`${style.eol}${" ".repeat(inside)}`), inside, kind, style);
}

type Entries = { readonly [key: string]: Data };

function flowText(value: Data, indentation: string, style: Style, isArgument = false): string {
  const isYaml = style.format === "yaml";
  const form = isYaml && !isArgument ? formIn(value) : undefined;
  if (form !== undefined) {
    return `!${form.name} ${flowText(form.argument, indentation, style, true)}`;
  }
  if (!hasEntries(value)) {
    return typeof value === "string"
      ? stringIn(value, true, style)
      : isYaml
        ? scalarText(value)
        : jsonScalarText(value);
  }
  if (Array.isArray(value)) {
    const parts = (value as readonly Data[]).map(
      (item) => (inside: string) => flowText(item, inside, style),
    );
    return bracketed("list", parts, indentation, style);
  }
  const parts = orderedKeys(value as object).map(
    (key) => (inside: string) =>
      flowEntry(key, dataContent((value as Entries)[key]!, style), inside, style),
  );
  return bracketed("map", parts, indentation, style);
}

/** Parts in braces or brackets, on one line or each on its own. */
function bracketed(
  kind: "map" | "list",
  parts: readonly ((indentation: string) => string)[],
  indentation: string,
  style: Style,
): string {
  const [open, close] = kind === "map" ? "{}" : "[]";
  if (style.isSpread) {
    const inside = indentation + style.unit;
    const lines = parts.map((part) => inside + part(inside)).join(`,${style.eol}`);
    return `${open}${style.eol}${lines}${style.eol}${indentation}${close}`;
  }
  const padding = kind === "map" ? style.mapPadding : style.listPadding;
  const text = parts.map((part) => part(indentation)).join(style.comma);
  return `${open}${padding}${text}${padding}${close}`;
}

function formIn(value: Data): ReturnType<typeof formOf> {
  return isDataMap(value) ? formOf(value) : undefined;
}

function hasEntries(value: Data): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : isDataMap(value) && Object.keys(value).length > 0;
}

/** Whether a value is one that lists in brackets have. */
function isScalar(value: Data, { format }: Style): boolean {
  const form = format === "yaml" ? formIn(value) : undefined;
  const plain = form === undefined ? value : form.argument;
  return !hasEntries(plain) && !(typeof plain === "string" && plain.includes("\n"));
}
