import { insert, type Line, type Repair, remove, replace } from "./yaml-repair.js";

/** A dash for the sign that lists have in prose. */
export function* listSigns({ content, contentStart: start }: Line): Iterable<Repair> {
  const [sign] = /^[*\u2022\u2023\u2010-\u2015\u2212](?=[ \t]+\S)/.exec(content) ?? [];
  if (sign !== undefined) {
    const place = { start, end: start + 1 };
    yield { ...replace(start, sign, "-"), problem: "listSign", place };
  }
}

/** A colon for the sign that other languages have behind a key, and `#` for that of a comment. */
export function* keySigns({ content, contentStart: start }: Line): Iterable<Repair> {
  const [key = ""] = /^(?:-[ \t]+)?[\w.'"/-]+/.exec(content) ?? [];
  const at = start + key.length;
  const rest = content.slice(key.length);
  const [found = "", sign] = /^[ \t]*([=;\uff1a])[ \t]*(?=\S|$)/.exec(rest) ?? [];
  if (key !== "" && sign !== undefined && (sign !== ";" || found === rest)) {
    const place = { start: at + found.indexOf(sign), end: at + found.indexOf(sign) + 1 };
    const repair = replace(at, found, found === rest ? ":" : ": ");
    const semicolon = sign === "=" && rest.endsWith(";") ? start + content.length - 1 : undefined;
    const edits = [...repair.edits];
    if (semicolon !== undefined) {
      edits.push({ start: semicolon, end: semicolon + 1, text: "" });
    }
    const problem = sign === "=" ? "equalsSign" : "missingColon";
    yield { title: "write ':'", edits, problem, place };
  }
  const [signs] = /^:[ \t]*(?=[,;:.\\"'\])}]+$)/.exec(rest) ?? [];
  if (key !== "" && signs !== undefined) {
    const place = { start: at + signs.length, end: start + content.length };
    yield { ...remove(at + 1, rest.slice(1)), problem: "signAfterColon", place };
  }
  const [, quote] = /^(?:-[ \t]+)?(["'])[\w.-]+$/.exec(key) ?? [];
  if (quote !== undefined && /^:(?:[ \t]|$)/.test(rest)) {
    const opener = start + key.indexOf(quote);
    const place = { start: opener, end: opener + 1 };
    yield { ...insert(at, quote), problem: "quoteMissing", place };
  }
  const slashes = /(?:^|[ \t])(\/\/)(?=[ \t]|$)/.exec(content);
  if (slashes !== null) {
    const slash = start + slashes.index + slashes[0].length - 2;
    const place = { start: slash, end: slash + 2 };
    yield { ...replace(slash, "//", "#"), problem: "slashComment", place };
  }
}
