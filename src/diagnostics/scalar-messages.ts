import type { Data } from "../model/data.js";
import { isFreeForm, listFields } from "../model/free-form.js";
import { type OddSign, oddSign } from "../model/odd-text.js";
import type { Origin } from "../model/origin.js";
import type { Finding, Place } from "./diagnostic.js";
import { warning } from "./finding.js";
import { quote, quoteWithComment, replaceByItems, replaceName, replaceValue } from "./fixes.js";
import { sketch } from "./sketch.js";
import { clipped, codePoint, quoted, yaml11Boolean } from "./words.js";

/** A key that is not what it seems, as {@link oddKeySign} found it. */
export function ambiguousKey(place: Origin, key: string, { kind, sign, rest }: OddSign): Finding {
  const [message, help] =
    sign === ":"
      ? [
          `this key is ${quoted(key)}: one colon is a part of it`,
          `write ${quoted(rest)} with one colon`,
        ]
      : oddSigns(quoted(rest))[kind](sign);
  return warning("ambiguous-scalar", place, message, {
    help,
    fixes: kind === "comment" ? [] : [replaceName(place, rest)],
    outranks: ofKeys,
  });
}

export function ambiguousScalar(place: Place, text: string): Finding {
  const odd = oddSign(text);
  if (odd !== undefined) {
    return oddText(place, odd);
  }
  if (/^[|>&]/.test(text)) {
    const what = text.startsWith("&")
      ? "is an anchor without a value"
      : "starts an empty block string";
    return warning("ambiguous-scalar", place, `'${text}' ${what}`, {
      help: `for the string write "${text}" in quotes`,
      fixes: text.startsWith("&")
        ? quote(place, "unsafe")
        : replaceValue(place, text, `"${text}"`, "unsafe"),
    });
  }
  const number = Number(text);
  if (Number.isNaN(number) && /\d/.test(text)) {
    const digits = text.replaceAll("_", "");
    return warning("ambiguous-scalar", place, `'${text}' is a string in YAML 1.2`, {
      help: `write ${digits} for the number, or '${text}' in quotes for the string`,
      fixes: [...replaceValue(place, Number(digits), digits, "unsafe"), ...quote(place, "unsafe")],
    });
  }
  if (Number.isNaN(number)) {
    const boolean = yaml11Boolean(text);
    return warning("ambiguous-scalar", place, `${quoted(text)} is a string in YAML 1.2`, {
      help: `write ${boolean} for the boolean, or ${quoted(text)} in quotes for the string`,
      fixes: [
        ...(boolean === undefined ? [] : replaceValue(place, boolean, `${boolean}`, "unsafe")),
        ...quote(place, "unsafe"),
      ],
    });
  }
  const isInteger = /^[-+]?\d+$/.test(text);
  const shown = isInteger ? text.replace(/^\+?0*(?=\d)/, "") : floatText(text, number);
  const other = /^0[0-7]+$/.test(text)
    ? `, or 0o${text.slice(1)} for octal (${Number.parseInt(text, 8)})`
    : /^[-+]?0/.test(text) && isInteger
      ? ""
      : `, or ${shown} for the number`;
  const kind = isInteger ? "integer" : "float";
  return warning("ambiguous-scalar", place, `YAML 1.2 reads ${text} as the ${kind} ${shown}`, {
    help: `write ${quoted(text)} in quotes for the string${other}`,
    fixes: quote(place, "unsafe"),
  });
}

/** `text` is what comes before the comment. */
export function commentInText(place: Place, text: string, comment: string): Finding {
  const shown = clipped(comment);
  const effect = text === "" ? "there is no value" : "the text ends before it";
  const message = `'${shown}' is a comment, so ${effect}`;
  const whole = clipped(text === "" ? comment : `${text} ${comment}`);
  return warning("ambiguous-scalar", place, message, {
    help: `write ${JSON.stringify(whole)} in quotes for the string, or '# ' for a comment`,
    fixes: quoteWithComment(place, "unsafe"),
    outranks: ["setting-type"],
  });
}

/** `items` are its lines without dashes. */
export function itemsInText(place: Origin, items: readonly Data[]): Finding {
  const list = sketch(items);
  const isItem = typeof place.path.at(-1) === "number";
  const mayBeList = isItem || isFreeForm(place.path) || takesList(place);
  const asList = `for a list, start the first line with '- ' too, or write ${list}; `;
  return warning("ambiguous-scalar", place, "the lines that start with '-' are part of this text", {
    help: `${mayBeList ? asList : ""}for text over several lines, write '|'`,
    fixes: mayBeList ? replaceByItems(place, items, list) : [],
    outranks: [...ofValues, "setting-type"],
  });
}

/** What may be wrong with a key because of an odd sign in it. */
const ofKeys = [
  "machine-name",
  "misplaced-key",
  "unknown-key",
  "unknown-role",
  "unknown-service",
  "unknown-setting",
  "unknown-tag",
] as const;

function oddText(place: Place, { kind, sign, rest }: OddSign): Finding {
  const value = scalarIn(rest);
  const shown = typeof value === "string" && kind !== "comment" ? quoted(rest) : clipped(rest);
  const [message, help] = oddSigns(shown)[kind](sign);
  const alone = replaceValue(place, value, rest, "unsafe");
  const asList = sign === "]" ? replaceValue(place, [value], sketch([value]), "unsafe") : [];
  return warning("ambiguous-scalar", place, message, {
    help: `${help}; if it is a part of the string, put it in quotes`,
    fixes:
      kind === "comment"
        ? []
        : [...(takesList(place) ? [...asList, ...alone] : alone), ...quote(place, "unsafe")],
    outranks: ofValues,
  });
}

/** Whether a list is more likely than a text at a place of the fixed shape. */
function takesList(place: Place): boolean {
  const { path } = place as Origin;
  return !isFreeForm(path) && (path[0] === "tags" || listFields.has(path.at(-1)!));
}

/** What may be wrong with a value because of an odd sign in it. */
const ofValues = [
  "invalid-choice",
  "invalid-meta",
  "invalid-path",
  "invalid-reference",
  "invalid-type",
  "missing-file",
  "path-as-text",
  "setting-type",
  "settings-conflict",
  "unchecked-input",
  "tag-name",
  "unknown-machine",
  "unknown-service",
  "unknown-tag",
  "unknown-value",
] as const;

/** Message and help for each kind of odd sign; `rest` is what was meant. */
function oddSigns(rest: string): {
  readonly [kind in OddSign["kind"]]: (sign: string) => readonly [message: string, help: string];
} {
  return {
    comment: (sign) => [
      `'${clipped(sign)}' is a part of the text: '${sign.slice(0, 2)}' does not start a comment`,
      "a comment starts with '# '",
    ],
    endBracket: (sign) => [`this text ends with '${sign}', but nothing opens it`, `write ${rest}`],
    endQuote: (sign) => [
      `this text ends with ${sign}, but does not start with it`,
      `write ${rest}`,
    ],
    invisible: (sign) => [
      `${codePoint(sign)} is invisible, and is a part of the text`,
      `write ${rest} without it`,
    ],
    quotes: (sign) => [`'${sign}' is a part of the text: YAML knows only " and '`, `write ${rest}`],
    separator: (sign) => [`the '${sign}' at the end is a part of the text`, `write ${rest}`],
    space: (sign) => [
      `${codePoint(sign)} looks like a space, and is a part of the text`,
      `write ${rest}`,
    ],
  };
}

/** The boolean or number that a text is, if it is written like one. */
function scalarIn(text: string): string | number | boolean {
  const isData = /^(?:true|false|-?(?:0|[1-9]\d{0,14})(?:\.\d{0,14}[1-9])?)$/.test(text);
  return isData ? JSON.parse(text) : text;
}

/** As Nix has a float. */
function floatText(text: string, number: number): string {
  if (!Number.isInteger(number)) {
    return `${number}`;
  }
  return Math.abs(number) < 1e15 ? `${number}.0` : text.replace(/e/i, ".0e");
}
