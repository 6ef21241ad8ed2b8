import type { Code } from "./codes.js";
import type { Applicability, Finding, Place, RelatedPlace, SourceSpan } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { guess, quote, quoteWithComment, replaceText, replaceValue } from "./fixes.js";
import { clipped, listed, yaml11Boolean } from "./words.js";

export function ambiguousScalar(place: Place, text: string): Finding {
  if (/^[|>&]/.test(text)) {
    const [what, is] = text.startsWith("&")
      ? ["is an anchor", "nothing"]
      : ["starts a block string", "no text"];
    return warning("ambiguous-scalar", place, `'${text}' ${what}, with ${is} behind it`, {
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
    return warning("ambiguous-scalar", place, `'${text}' is a string in YAML 1.2`, {
      help: `write ${boolean} for the boolean, or '${text}' in quotes for the string`,
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
    help: `write '${text}' in quotes for the string${other}`,
    fixes: quote(place, "unsafe"),
  });
}

/** `text` is what comes before the comment. */
export function commentInText(place: Place, text: string, comment: string): Finding {
  const shown = clipped(comment);
  const message =
    text === ""
      ? `'${shown}' is a comment, so that there is no value`
      : `this text ends before '${shown}', which is a comment`;
  const whole = clipped(text === "" ? comment : `${text} ${comment}`);
  return warning("ambiguous-scalar", place, message, {
    help: `write ${JSON.stringify(whole)} in quotes for the string, or '# ' for a comment`,
    fixes: quoteWithComment(place, "unsafe"),
    hides: "setting-type",
  });
}

/** `place` is the second occurrence. */
export function duplicateKey(place: Place, key: string, first: Place): Finding {
  return error("duplicate-key", place, `duplicate key '${key}'`, {
    related: [{ message: "first here", place: first }],
    ...(key === "<<" && { help: "merge several maps with one key: <<: [*a, *b]" }),
  });
}

export function emptyInput(place: Place): Finding {
  return error("empty-input", place, "the input is empty", {
    help: "write {} for an empty inventory",
  });
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

export function invalidUtf8(place: Place): Finding {
  return error("invalid-encoding", place, "invalid UTF-8", {
    help: "save the file as UTF-8",
  });
}

/** Whether a text with such a finding is not well-formed. */
export function isOfSyntax({ code }: Finding): boolean {
  return Object.values(syntaxProblems).some(([syntaxCode]) => syntaxCode === code);
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
  return error("tag-mismatch", place, `the value does not match its tag '${tag}'`);
}

export function unknownForm(place: Place, tag: string, forms: readonly string[]): Finding {
  const { suggestion, fixes } = guess(place, tag, forms);
  const foreign = Object.hasOwn(foreignTags, tag) ? foreignTags[tag] : undefined;
  const help = foreign ?? (suggestion === "" ? `the tags are ${listed(forms)}` : undefined);
  return error("unknown-form", place, `unknown tag '${tag}'${suggestion}`, {
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
  const quoted = /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
  const message = `a string that starts with '${text[0]}' needs quotes`;
  return error("unquoted-text", place, message, {
    help: `write ${clipped(quoted)}`,
    fixes: [replaceText(place, quoted, "put it in quotes", applicability)],
  });
}

export type SyntaxProblem = keyof typeof syntaxProblems;

/** As Nix has a float. */
function floatText(text: string, number: number): string {
  if (!Number.isInteger(number)) {
    return `${number}`;
  }
  return Math.abs(number) < 1e15 ? `${number}.0` : text.replace(/e/i, ".0e");
}

/** The code and the message for each syntax problem, and its help; `{}` is the piece of text at fault. */
const syntaxProblems = {
  aliasColon: [
    "missing-space",
    "missing space before the ':' after an alias",
    "a colon may be part of its name, so write a space: *name :",
  ],
  aliasProperties: [
    "yaml-anchor",
    "an alias cannot have a tag or an anchor",
    'use the form\'s key instead: {"$mkForce": *name}',
  ],
  badDirective: ["yaml-directive", "'{}' is not a YAML 1.2 directive"],
  badEscape: [
    "invalid-escape",
    "invalid escape '{}'",
    "write \\\\ for a backslash, or in YAML put the string in single quotes",
  ],
  badNumber: [
    "json-syntax",
    "'{}' is not a JSON number",
    "JSON numbers have no leading zeros, plus signs, bare dots or hex digits",
  ],
  blockHeader: ["block-string", "'{}' cannot follow the '|' or '>' of a block string"],
  blockInFlow: [
    "missing-separator",
    "entries in brackets are separated by commas, not by lines or dashes",
  ],
  blockLessIndented: ["block-string", "this line is indented less than its block string"],
  blockMoreIndentedStart: [
    "block-string",
    "the empty lines at the start of this block string are indented more than its first line",
  ],
  cannotRead: ["limit-exceeded", "this text is too complex to parse"],
  comment: ["json5-syntax", "JSON does not allow comments"],
  commentSpace: ["missing-space", "a comment needs a space before its '#'"],
  controlCharacter: [
    "control-character",
    "the control character {} is not allowed here",
    "write it as an escape in double quotes",
  ],
  cyclicAlias: ["cyclic-alias", "'*{}' is inside the value it refers to"],
  directiveEnd: ["yaml-directive", "missing '---' line after the directives"],
  documentStartLine: ["missing-line-break", "a map or list cannot start on the '---' line"],
  emptyAnchor: ["yaml-anchor", "an anchor or alias needs a name"],
  emptyFlowItem: ["missing-value", "missing value between commas"],
  entryInMap: [
    "yaml-indentation",
    "a list entry is not allowed among the keys of a map",
    "indent it more than the key it belongs to",
  ],
  extraComma: ["missing-value", "missing value before this comma"],
  keyMultiline: [
    "yaml-key",
    "this is parsed as one key over several lines",
    "check for a missing ':' or wrong indentation",
  ],
  keyTooLong: ["yaml-key", "a key longer than 1024 characters needs '? ' before it"],
  lineBreakInString: [
    "unclosed-string",
    "a string cannot contain a line break",
    "close the string, or write \\n for a line break",
  ],
  listAfterKey: [
    "missing-line-break",
    "a list cannot start on the line of its key",
    "start it on the next line",
  ],
  listAfterProperties: [
    "missing-line-break",
    "a list cannot start on the line of its tag or anchor",
    "start it on the next line",
  ],
  listAlignment: ["yaml-indentation", "this '-' is not aligned with the others in its list"],
  listAsKey: ["yaml-key", "a list cannot be a key"],
  mapAlignment: ["yaml-indentation", "this key is not aligned with the others in its map"],
  mapAfterMap: [
    "unquoted-text",
    "unexpected second ': ' on this line",
    "quote the value, or nest the map on the next line",
  ],
  missingColon: ["missing-separator", "missing ':' after this key"],
  missingComma: ["missing-separator", "missing ',' before this"],
  missingDash: ["missing-separator", "missing '- ' before this list entry"],
  missingValue: ["missing-value", "missing value"],
  mismatchedClose: ["unclosed-bracket", "unmatched '{}'"],
  multipleAnchors: ["yaml-anchor", "a value can have only one anchor"],
  multipleDocuments: [
    "several-documents",
    "an inventory must be a single document, but a second one starts here",
    "put it in a file of its own and pass both files",
  ],
  multipleTags: [
    "yaml-tag",
    "a value can have only one tag",
    'nest the inner form: !mkForce {"$mkBefore": [...]}',
  ],
  notAKey: ["json-syntax", "JSON keys are strings in double quotes"],
  plainStart: ["unquoted-text", "an unquoted string cannot start with '{}'"],
  propertiesBeforeIndicator: ["yaml-anchor", "tags and anchors go after '{}', not before it"],
  propertySpace: ["missing-space", "missing space after a tag or an anchor"],
  quoteMissing: ["unclosed-string", "unterminated string", "add the closing quote: {}"],
  singleQuotes: ["json5-syntax", "JSON strings use double quotes"],
  spaceAfterColon: ["missing-space", "missing space after ':'"],
  spaceAfterDash: ["missing-space", "missing space after '-'"],
  tabIndentation: ["tab-indentation", "YAML cannot be indented with tabs", "use spaces"],
  tagSyntax: ["yaml-tag", "'{}' is not a valid tag"],
  textAfterQuote: [
    "unexpected-text",
    "unexpected text after the closing quote",
    'for a quote inside the string, double it in \'...\', or write \\" in "..."',
  ],
  textAfterEnd: ["unexpected-text", "unexpected text after the end of the JSON value"],
  trailingComma: ["json5-syntax", "JSON does not allow a comma after the last entry"],
  unclosed: [
    "unclosed-bracket",
    "this '{}' is not closed",
    "if it is, indent its contents more than the key",
  ],
  unexpected: ["unexpected-text", "unexpected '{}'"],
  unexpectedEnd: ["unexpected-end", "the text ends before its value is complete"],
  unknownAlias: ["unknown-anchor", "no anchor '&{}' before this alias"],
  unknownWord: [
    "json-syntax",
    "'{}' is not a JSON value",
    "JSON has true, false and null; strings need double quotes",
  ],
  unquotedKey: ["json5-syntax", "'{}' needs double quotes in JSON"],
  yaml: [
    "foreign-format",
    "this looks like YAML, but is parsed as JSON",
    "a .json file is strict JSON: rename it, or use --from yaml",
  ],
} as const satisfies {
  readonly [problem: string]: readonly [code: Code, message: string, help?: string];
};
