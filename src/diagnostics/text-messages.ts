import { type OddSign, oddSign } from "../model/odd-text.js";
import type { Origin } from "../model/origin.js";
import type { Span, TextEdit } from "../model/source.js";
import type { Applicability, Finding, Place, RelatedPlace, SourceSpan } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { guess, quote, quoteWithComment, replaceName, replaceText, replaceValue } from "./fixes.js";
import { type SyntaxProblem, syntaxProblems } from "./syntax-problems.js";
import { clipped, codePoint, listed, quoted, yaml11Boolean } from "./words.js";

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
  return warning("ambiguous-scalar", place, message, {
    help: `${help}; if it is a part of the string, put it in quotes`,
    fixes:
      kind === "comment"
        ? []
        : [...replaceValue(place, value, rest, "unsafe"), ...quote(place, "unsafe")],
    outranks: ofValues,
  });
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

/** `place` is the second occurrence. */
export function duplicateKey(place: Place, key: string, first: Place): Finding {
  return error("duplicate-key", place, `duplicate key ${quoted(key)}`, {
    related: [{ message: "first here", place: first }],
    ...(key === "<<" && { help: "merge several maps with one key: <<: [*a, *b]" }),
  });
}

export function emptyInput(place: Place): Finding {
  return error("empty-input", place, "the input is empty", {
    help: "write {} for an empty inventory",
  });
}

/** A format that inventories are not in. */
export type ForeignFormat = keyof typeof foreignFormats;

/** What it is, and the way in. */
const foreignFormats = {
  ansible: [
    "this is an Ansible inventory",
    "list its hosts under 'machines', with their groups as 'tags' and 'ansible_host' as deploy: { targetHost: … }",
  ],
  colmena: [
    "this is a Colmena hive, written in Nix",
    "list its nodes under 'machines', with 'deployment.tags' as 'tags' and 'deployment.targetHost' as deploy: { targetHost: … }",
  ],
  ini: [
    "this is an INI file, such as an Ansible inventory",
    "list its hosts under 'machines', with their groups as 'tags' and 'ansible_host' as deploy: { targetHost: … }",
  ],
  nix: [
    "this is Nix, not YAML or JSON",
    "export an existing Clan: nix eval --json .#clanInternals.inventoryClass.inventorySerialization | inventory2nix --to yaml",
  ],
  toml: [
    "this is TOML, not YAML or JSON",
    "convert it: nix eval --json --impure --expr 'fromTOML (builtins.readFile ./FILE)'",
  ],
} as const;

export function foreignFile(place: Place, format: ForeignFormat): Finding {
  const [message, help] = foreignFormats[format];
  return error("foreign-format", place, message, { help });
}

export function invalidKey(place: Place, kind: "map" | "list" | "form"): Finding {
  const found = kind === "form" ? "a special form" : `a ${kind}`;
  return error("invalid-key", place, `${found} cannot be a key`, {
    help: "keys are strings; quote this one to make it a string",
  });
}

export function invalidMerge(place: Place): Finding {
  return error("invalid-merge", place, "'<<' takes a map, an alias of a map, or a list of these", {
    help: 'for an ordinary key write "<<" in quotes',
  });
}

export function invalidString(place: Place, problem: "nul" | "surrogate"): Finding {
  const found = problem === "nul" ? "a NUL character" : "half of a surrogate pair";
  return error("invalid-string", place, `a Nix string cannot contain ${found}`);
}

export function invalidUtf16(place: Place): Finding {
  return error("invalid-encoding", place, "this text is UTF-16", {
    help: "save the file as UTF-8",
  });
}

export function invalidUtf8(place: Place): Finding {
  return error("invalid-encoding", place, "invalid UTF-8", {
    help: "save the file as UTF-8",
  });
}

/** Whether a text with such a finding is not well-formed. */
export function isOfSyntax({ code }: Finding): boolean {
  return Object.values(syntaxProblems).some(([syntaxCode]) => syntaxCode === code);
}

/**
 * `others` are the markers that follow the first; `left` are the lines of all, if they are no whole
 * conflict.
 */
export function mergeConflict(
  place: SourceSpan,
  others: readonly SourceSpan[],
  left?: readonly Span[],
): Finding {
  const { source } = place;
  const related = others.map((other) => ({ message: "and this", place: other }));
  if (left === undefined) {
    return error("merge-conflict", place, "this merge conflict is not resolved", {
      related,
      help: "keep one side or both, and remove the lines with these markers",
    });
  }
  const changes = left.map((line) => ({ ...line, text: "" }));
  return error("merge-conflict", place, "this line is left of a merge conflict", {
    related,
    fixes: [{ title: "remove it", applicability: "unsafe", source, changes }],
  });
}

/** `place` is the colon. */
export function missingColonSpace(place: SourceSpan): Finding {
  const isFlow = /[[{"']/.test(place.source.text.charAt(place.end));
  return {
    ...syntaxError(place, "spaceAfterColon"),
    fixes: [replaceText(place, ": ", "add the space", isFlow ? "safe" : "unsafe")],
  };
}

export function numberNotHeld(place: Place, text: string): Finding {
  const isInteger = /^[-+]?(\d+|0x[\da-f]+|0o[0-7]+)$/i.test(text);
  const message = isInteger
    ? `${clipped(text)} does not fit in a 64-bit integer`
    : `Nix cannot represent ${clipped(text)}`;
  return error("invalid-number", place, message, {
    help: "quote it if a string will do",
  });
}

/** `changes` replace all such characters. */
export function oddSpace(
  place: Place,
  character: string,
  changes: readonly TextEdit[] = [],
): Finding {
  return error("odd-space", place, `${codePoint(character)} is not a space in YAML`, {
    help: "replace it with a space",
    outranks: ["ambiguous-scalar"],
    ...(changes.length > 0 && {
      fixes: [
        { title: "replace with spaces", applicability: "unsafe", source: place.source, changes },
      ],
    }),
  });
}

/** `found` is the piece of text at fault. */
export function syntaxError(
  place: Place,
  problem: SyntaxProblem,
  found = "",
  related: readonly RelatedPlace[] = [],
): Finding {
  const shown = clipped(found);
  const [code, ...texts] = syntaxProblems[problem];
  const [message, help] = texts.map((text) => text.replace("{}", () => shown));
  return error(code, place, message!, { related, ...(help !== undefined && { help }) });
}

export function tagMismatch(place: Place, tag: string): Finding {
  return error("tag-mismatch", place, `the value does not match its tag ${quoted(tag)}`);
}

export function unknownForm(place: Place, tag: string, forms: readonly string[]): Finding {
  const { suggestion, fixes } = guess(place, tag, forms);
  const foreign = Object.hasOwn(foreignTags, tag) ? foreignTags[tag] : undefined;
  const help = foreign ?? (suggestion === "" ? `the tags are ${listed(forms)}` : undefined);
  return error("unknown-form", place, `unknown tag ${quoted(tag)}${suggestion}`, {
    fixes,
    ...(help !== undefined && { help }),
  });
}

/** What to write instead of tags known from other tools. */
const foreignTags: { readonly [tag: string]: string } = {
  "!mkIf": "write it as data: {_type: if, condition: true, content: ...}",
  "!mkMerge": "write it as data: {_type: merge, contents: [...]}",
  "!include": "pass the other file as another source",
  "!import": "pass the other file as another source, or list a module under 'extraModules'",
  "!secret": "keep secrets out of the inventory: let the service read them from Clan's vars",
  "!vault": "keep secrets out of the inventory: let the service read them from Clan's vars",
  "!env": "the output depends only on its sources: write the value itself",
};

/** `text` starts with a sign that has a meaning in YAML. */
export function unquotedText(
  place: SourceSpan,
  text: string,
  applicability: Applicability,
): Finding {
  // Where a quote closes the text, the one that opens it is missing.
  const inner = /^[^"]+"$/.test(text) ? text.slice(0, -1) : text;
  const quoted = /["\\]/.test(inner) ? `'${inner.replaceAll("'", "''")}'` : `"${inner}"`;
  const message = `a string that starts with '${text[0]}' needs quotes`;
  return error("unquoted-text", place, message, {
    help: `write ${clipped(quoted)}`,
    fixes: [replaceText(place, quoted, "put it in quotes", applicability)],
  });
}

/** As Nix has a float. */
function floatText(text: string, number: number): string {
  if (!Number.isInteger(number)) {
    return `${number}`;
  }
  return Math.abs(number) < 1e15 ? `${number}.0` : text.replace(/e/i, ".0e");
}
