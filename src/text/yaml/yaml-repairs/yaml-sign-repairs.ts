import { insert, type Line, type Repair, remove, replace } from "./yaml-repair.js";

/** A dash for the sign that lists have in prose. */
export function* listSigns({ content, contentStart: start }: Line): Iterable<Repair> {
  const [sign] = /^[*\u2022\u2023\u2010-\u2015\u2212](?=[ \t]+\S)/.exec(content) ?? [];
  if (sign !== undefined) {
    const place = { start, end: start + 1 };
    yield { ...replace(start, sign, "-"), problem: "listSign", place };
  }
}

/**
 * A colon for the sign that other languages have behind a key, nothing for signs behind a colon, and
 * the quote that a key lacks.
 */
export function* keySigns({ content, contentStart: start }: Line): Iterable<Repair> {
  const [key] = /^(?:-[ \t]+)?[\w.'"/-]+/.exec(content) ?? [];
  if (key === undefined) {
    return;
  }
  const at = start + key.length;
  const end = start + content.length;
  const rest = content.slice(key.length);
  const [found, sign] = /^[ \t]*([=;\uff1a])[ \t]*/.exec(rest) ?? [];
  if (found !== undefined) {
    const signAt = at + found.indexOf(sign!);
    const edits = [{ start: at, end: at + found.length, text: found === rest ? ":" : ": " }];
    if (found !== rest && rest.endsWith(";")) {
      edits.push({ start: end - 1, end, text: "" });
    }
    const problem = sign === "=" ? "equalsSign" : "missingColon";
    yield { title: "write ':'", edits, problem, place: { start: signAt, end: signAt + 1 } };
  }
  const [signs] = /^:[ \t]*(?=[,;:.\\"'\])}]+$)/.exec(rest) ?? [];
  if (signs !== undefined) {
    const place = { start: at + signs.length, end };
    yield { ...remove(at + 1, rest.slice(1)), problem: "signAfterColon", place };
  }
  const [, quote] = /^(?:-[ \t]+)?(["'])[\w.-]+$/.exec(key) ?? [];
  if (quote !== undefined) {
    const opener = start + key.indexOf(quote);
    const place = { start: opener, end: opener + 1 };
    yield { ...insert(at, quote), problem: "quoteMissing", place };
  }
}

/** `#` for the sign that comments have in other languages: `//`, and where the line starts, more. */
export function* commentSigns({ content, contentStart, contentEnd }: Line): Iterable<Repair> {
  const found = /^(?:\/\/+|;+|--(?!-)|\/\*+|<!--)|(?<!\S)\/\/(?!\S)/.exec(content);
  if (found === null) {
    return;
  }
  const [sign] = found;
  const start = contentStart + found.index;
  const { title, edits } = replace(start, sign, "#");
  const place = { start, end: start + sign.length };
  const end = Math.max(place.end, contentStart + endBeforeCloser(content, sign));
  const removed = end < contentEnd ? [{ start: end, end: contentEnd, text: "" }] : [];
  yield { title, edits: [...edits, ...removed], problem: "foreignComment", place };
}

/** Where the text of a comment ends, before the sign that closes it, if there is one. */
function endBeforeCloser(content: string, sign: string): number {
  const closer = sign.startsWith("/*") ? "*/" : sign === "<!--" ? "-->" : "";
  if (closer === "" || !content.endsWith(closer)) {
    return content.length;
  }
  let end = content.length - closer.length;
  while (sign.startsWith("/*") && content[end - 1] === "*") {
    end--;
  }
  return content.slice(0, end).trimEnd().length;
}
