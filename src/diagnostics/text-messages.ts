import type { Finding, Place, RelatedPlace } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { guess, quote, replaceValue } from "./fixes.js";
import { clipped, listed, yaml11Boolean } from "./words.js";

export function ambiguousScalar(place: Place, text: string): Finding {
  const number = Number(text);
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
  const octal = /^0[0-7]+$/.test(text)
    ? `, or 0o${text.slice(1)} for octal (${Number.parseInt(text, 8)})`
    : "";
  return warning("ambiguous-scalar", place, `YAML 1.2 reads ${text} as the integer ${number}`, {
    help: `write '${text}' in quotes for the string${octal}`,
    fixes: quote(place, "unsafe"),
  });
}

/** `place` is the second occurrence. */
export function duplicateKey(place: Place, key: string, first: Place): Finding {
  return error("duplicate-key", place, `duplicate key '${key}'`, {
    related: [{ message: "first here", place: first }],
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
  return error("invalid-type", place, "'<<' takes a map, an alias of a map, or a list of these", {
    help: 'for an ordinary key write "<<" in quotes',
  });
}

export function invalidString(place: Place, problem: "nul" | "surrogate"): Finding {
  const found = problem === "nul" ? "a NUL character" : "half of a surrogate pair";
  return error("invalid-string", place, `a Nix string cannot contain ${found}`);
}

export function invalidUtf8(place: Place): Finding {
  return error("syntax-error", place, "invalid UTF-8", {
    help: "save the file as UTF-8",
  });
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
  const [message, help] = syntaxProblems[problem].map((text) => text.replace("{}", () => shown));
  return error("syntax-error", place, message!, { related, ...(help !== undefined && { help }) });
}

export function tagMismatch(place: Place, tag: string): Finding {
  return error("invalid-value", place, `the value does not match its tag '${tag}'`);
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

export type SyntaxProblem = keyof typeof syntaxProblems;

/** The message for each syntax problem, and its help; `{}` is the piece of text at fault. */
const syntaxProblems = {
  aliasProperties: [
    "an alias cannot have a tag or an anchor",
    'use the form\'s key instead: {"$mkForce": *name}',
  ],
  badDirective: ["'{}' is not a YAML 1.2 directive"],
  badEscape: [
    "invalid escape '{}'",
    "write \\\\ for a backslash, or in YAML put the string in single quotes",
  ],
  badNumber: [
    "'{}' is not a JSON number",
    "JSON numbers have no leading zeros, plus signs, bare dots or hex digits",
  ],
  blockHeader: ["'{}' cannot follow the '|' or '>' of a block string"],
  blockInFlow: ["entries in brackets are separated by commas, not by lines or dashes"],
  blockLessIndented: ["this line is indented less than its block string"],
  blockMoreIndentedStart: [
    "the empty lines at the start of this block string are indented more than its first line",
  ],
  cannotRead: ["this text is too complex to parse"],
  comment: ["JSON does not allow comments"],
  commentSpace: ["a comment needs a space before its '#'"],
  controlCharacter: [
    "the control character {} is not allowed here",
    "write it as an escape in double quotes",
  ],
  cyclicAlias: ["'*{}' is inside the value it refers to"],
  directiveEnd: ["missing '---' line after the directives"],
  documentStartLine: ["a map or list cannot start on the '---' line"],
  emptyAnchor: ["an anchor or alias needs a name"],
  emptyFlowItem: ["missing value between commas"],
  entryInMap: [
    "a list entry is not allowed among the keys of a map",
    "indent it more than the key it belongs to",
  ],
  extraComma: ["missing value before this comma"],
  keyMultiline: [
    "this is parsed as one key over several lines",
    "check for a missing ':' or wrong indentation",
  ],
  keyTooLong: ["a key longer than 1024 characters needs '? ' before it"],
  lineBreakInString: [
    "a string cannot contain a line break",
    "close the string, or write \\n for a line break",
  ],
  listAfterKey: ["a list cannot start on the line of its key", "start it on the next line"],
  listAfterProperties: [
    "a list cannot start on the line of its tag or anchor",
    "start it on the next line",
  ],
  listAlignment: ["this '-' is not aligned with the others in its list"],
  listAsKey: ["a list cannot be a key"],
  mapAlignment: ["this key is not aligned with the others in its map"],
  mapAfterMap: [
    "unexpected second ': ' on this line",
    "quote the value, or nest the map on the next line",
  ],
  missingColon: ["missing ':' after this key"],
  missingComma: ["missing ',' before this"],
  missingDash: ["missing '- ' before this list entry"],
  missingValue: ["missing value"],
  mismatchedClose: ["unmatched '{}'"],
  multipleAnchors: ["a value can have only one anchor"],
  multipleDocuments: [
    "an inventory must be a single document, but a second one starts here",
    "put it in a file of its own and pass both files",
  ],
  multipleTags: [
    "a value can have only one tag",
    'nest the inner form: !mkForce {"$mkBefore": [...]}',
  ],
  notAKey: ["JSON keys are strings in double quotes"],
  plainStart: ["an unquoted string cannot start with '{}'"],
  propertiesBeforeIndicator: ["tags and anchors go after '{}', not before it"],
  propertySpace: ["missing space after a tag or an anchor"],
  quoteMissing: ["unterminated string", "add the closing quote: {}"],
  singleQuotes: ["JSON strings use double quotes"],
  spaceAfterColon: ["missing space after ':'"],
  spaceAfterDash: ["missing space after '-'"],
  tabIndentation: ["YAML cannot be indented with tabs", "use spaces"],
  tagSyntax: ["'{}' is not a valid tag"],
  textAfterQuote: [
    "unexpected text after the closing quote",
    'for a quote inside the string, double it in \'...\', or write \\" in "..."',
  ],
  textAfterValue: ["unexpected '{}'"],
  textAfterEnd: ["unexpected text after the end of the JSON value"],
  trailingComma: ["JSON does not allow a comma after the last entry"],
  unclosed: ["this '{}' is not closed", "if it is, indent its contents more than the key"],
  unexpected: ["unexpected '{}'"],
  unexpectedEnd: ["the text ends before its value is complete"],
  unknownAlias: ["no anchor '&{}' before this alias"],
  unknownWord: [
    "'{}' is not a JSON value",
    "JSON has true, false and null; strings need double quotes",
  ],
  unquotedKey: ["'{}' needs double quotes in JSON"],
  yaml: [
    "this looks like YAML, but is parsed as JSON",
    "a .json file is strict JSON: rename it, or use --from yaml",
  ],
} as const satisfies { readonly [problem: string]: readonly [message: string, help?: string] };
