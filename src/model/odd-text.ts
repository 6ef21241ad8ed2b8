import { spaceLookalikes } from "./space-lookalikes.js";

/** What plain text in YAML has at its ends, or in it, that its author did not mean as a part of it. */
export interface OddSign {
  readonly kind:
    | "comment"
    | "endBracket"
    | "endQuote"
    | "invisible"
    | "quotes"
    | "separator"
    | "space";
  /** The sign as it is written. */
  readonly sign: string;
  /** The text without it. */
  readonly rest: string;
}

const invisible = /[\u00ad\u200b\u2060\ufeff]/g;
const quotes = /^([\u00ab\u2018-\u201f])([^\u00ab\u00bb\u201c-\u201f]*)[\u00bb\u2018-\u201f"']$/;
const spaces = new RegExp(
  `^([ ${spaceLookalikes}\\ufeff]*)(.*?)([ ${spaceLookalikes}\\ufeff]*)$`,
  "s",
);

/**
 * The sign of another language, or of a word processor, in a text without quotes: `8080;`, `/backup,`,
 * `“03:00”`, `12:30"`, `/nix]`, a no-break space, `web // the old one`.
 */
export function oddSign(text: string): OddSign | undefined {
  if (!mayHaveSign(text)) {
    return undefined;
  }
  const [, quote, quoted] = quotes.exec(text) ?? [];
  if (quoted !== undefined && quoted !== "") {
    return { kind: "quotes", sign: quote!, rest: quoted };
  }
  const [, before = "", inner = "", after = ""] = spaces.exec(text)!;
  if (inner !== "" && inner.length < text.length) {
    const [, whole] = /^"([^"\\]*)"$/.exec(inner) ?? /^'([^']*)'$/.exec(inner) ?? [];
    return { kind: "space", sign: strange(before || after), rest: whole ?? inner };
  }
  const [sign] = text.match(invisible) ?? [];
  if (sign !== undefined) {
    return { kind: "invisible", sign, rest: text.replace(invisible, "") };
  }
  const [, separated, separator] = /^([^\s,;]+)([,;])$/.exec(text) ?? [];
  if (separated !== undefined) {
    return { kind: "separator", sign: separator!, rest: separated };
  }
  const [, ended, end] = /^([^\s"']+)(["'])$/.exec(text) ?? [];
  if (ended !== undefined && !/^[\d.,/]+$/.test(ended)) {
    return { kind: "endQuote", sign: end!, rest: ended };
  }
  const [, opened, bracket] = /^([^\s()[\]{}<>]*\w[^\s()[\]{}<>]*)([\])}])$/.exec(text) ?? [];
  if (opened !== undefined) {
    return { kind: "endBracket", sign: bracket!, rest: opened };
  }
  const [, said, comment] =
    /^(?:(.*?)[ \t])?(\/\/(?:[ \t].*)?|\/\*[ \t].*[ \t]\*\/)$/s.exec(text) ?? [];
  return comment === undefined ? undefined : { kind: "comment", sign: comment, rest: said ?? "" };
}

/**
 * The same for a key: one that would be a comment, or has a colon too many, or odd quotes or spaces.
 * Names may end with `'`.
 */
export function oddKeySign(key: string): OddSign | undefined {
  if (key.endsWith(":")) {
    return /^[^:]+:$/.test(key)
      ? { kind: "separator", sign: ":", rest: key.slice(0, -1) }
      : undefined;
  }
  const found = mayHaveSign(key) ? oddSign(key) : undefined;
  const isName = (found?.kind === "comment" && found.rest !== "") || found?.sign === "'";
  return isName ? undefined : found;
}

/** The first of some spaces that is not one of YAML's. */
function strange(spaces: string): string {
  return /[^ ]/.exec(spaces)?.[0] ?? spaces;
}

/** A longer text is no slip. */
const maxLength = 1000;

const lastSigns = "\"'),;]}/";

/** A quick look: most texts have none. */
function mayHaveSign(text: string): boolean {
  if (text.length > maxLength) {
    return false;
  }
  const last = text.charAt(text.length - 1);
  return (
    last > "\x9f" ||
    lastSigns.includes(last) ||
    text.charCodeAt(0) > 0x9f ||
    text.includes("//") ||
    text.search(invisible) >= 0
  );
}
