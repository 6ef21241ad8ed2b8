import type { Finding, Place, RelatedPlace } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { didYouMean } from "./suggest.js";
import { booleanMeant, clipped, listed } from "./words.js";

export function ambiguousScalar(place: Place, text: string): Finding {
  const number = Number(text);
  if (Number.isNaN(number)) {
    return warning("ambiguous-scalar", place, `'${text}' is a string in YAML 1.2`, {
      help: `write ${booleanMeant(text)} for the boolean, or '${text}' in quotes for the string`,
    });
  }
  const octal = /^0[0-7]+$/.test(text)
    ? `, or 0o${text.slice(1)} for octal (${Number.parseInt(text, 8)})`
    : "";
  return warning("ambiguous-scalar", place, `YAML 1.2 reads ${text} as the integer ${number}`, {
    help: `write '${text}' in quotes for the string${octal}`,
  });
}

/** `key` stands a second time at `place`. */
export function duplicateKey(place: Place, key: string, first: Place): Finding {
  return error("duplicate-key", place, `'${key}' stands twice in this map`, {
    related: [{ message: "first here", place: first }],
  });
}

export function emptyInput(place: Place): Finding {
  return error("empty-input", place, "there is nothing here: no inventory", {
    help: "an empty inventory is {}",
  });
}

export function invalidKey(place: Place, kind: "map" | "list" | "form"): Finding {
  const found = kind === "form" ? "a special form" : `a ${kind}`;
  return error("invalid-key", place, `${found} cannot be a key`, {
    help: "keys are strings; quote it if it is one",
  });
}

export function invalidMerge(place: Place): Finding {
  return error("invalid-type", place, "'<<' merges a map, an alias of one, or a list of these", {
    help: 'quote it for an ordinary key: "<<"',
  });
}

export function invalidString(place: Place, problem: "nul" | "surrogate"): Finding {
  const found = problem === "nul" ? "a NUL character" : "half of a surrogate pair";
  return error("invalid-string", place, `${found} cannot be in a Nix string`);
}

export function invalidUtf8(place: Place): Finding {
  return error("syntax-error", place, "a byte that is not UTF-8", {
    help: "save the file as UTF-8",
  });
}

export function numberNotHeld(place: Place, text: string): Finding {
  const problem = /^[-+]?(\d+|0x[\da-f]+|0o[0-7]+)$/i.test(text)
    ? "does not fit the 64 bits of a Nix integer"
    : "is no number that Nix has";
  return error("invalid-number", place, `${clipped(text)} ${problem}`, {
    help: "quote it if a string will do",
  });
}

/** `found` is the piece of text that the problem is about. */
export function syntaxError(
  place: Place,
  problem: SyntaxProblem,
  found = "",
  related: readonly RelatedPlace[] = [],
): Finding {
  const shown = found.length > 40 ? `${found.slice(0, 37)}...` : found;
  const [message, help] = syntaxProblems[problem].map((text) => text.replace("{}", () => shown));
  return error("syntax-error", place, message!, { related, ...(help !== undefined && { help }) });
}

export function tagMismatch(place: Place, tag: string): Finding {
  return error("invalid-value", place, `'${tag}' does not fit its value`);
}

export function unknownForm(place: Place, tag: string, forms: readonly string[]): Finding {
  const suggestion = didYouMean(tag, forms);
  const help = Object.hasOwn(foreignTags, tag)
    ? foreignTags[tag]!
    : `the tags are ${listed(forms)}`;
  return error("unknown-form", place, `no special form is '${tag}'${suggestion}`, {
    ...((suggestion === "" || help === foreignTags[tag]) && { help }),
  });
}

/** What to do instead of tags that people know from elsewhere. */
const foreignTags: { readonly [tag: string]: string } = {
  "!mkIf": "write it as data: {_type: if, condition: true, content: ...}",
  "!mkMerge": "write it as data: {_type: merge, contents: [...]}",
  "!include": "give the other file as a further source",
  "!import": "give the other file as a further source, or list a module under 'extraModules'",
  "!secret": "an inventory holds no secrets: let the service read them from Clan's vars",
  "!vault": "an inventory holds no secrets: let the service read them from Clan's vars",
  "!env": "the result depends on nothing but its sources: write the value itself",
};

export type SyntaxProblem = keyof typeof syntaxProblems;

/** What can be wrong with a text, and what helps; `{}` is the piece of text that it is about. */
const syntaxProblems = {
  aliasProperties: [
    "an alias cannot carry a tag or an anchor",
    'nest the tag\'s form instead: {"$mkForce": *name}',
  ],
  badDirective: ["'{}' is no directive of YAML 1.2"],
  badEscape: [
    "'{}' is no escape",
    "write \\\\ for a backslash, or in YAML single quotes around the string",
  ],
  badNumber: [
    "'{}' is no JSON number",
    "JSON numbers have no leading zeros, plus signs, bare dots or hex digits",
  ],
  blockHeader: ["'{}' cannot follow the '|' or '>' of a block text"],
  blockInFlow: ["entries between brackets are separated by commas, not by lines or dashes"],
  blockLessIndented: ["this line is less indented than the block text that it belongs to"],
  blockMoreIndentedStart: [
    "the empty lines at the start of this block text are more indented than its first line",
  ],
  cannotRead: ["this text is too intricate to be read"],
  comment: ["JSON has no comments"],
  commentSpace: ["a comment needs a space before its '#'"],
  controlCharacter: [
    "the control character {} cannot stand here",
    "write it as an escape in double quotes",
  ],
  cyclicAlias: ["'*{}' stands inside the value that it refers to"],
  directiveEnd: ["a '---' line is missing after the directives"],
  documentStartLine: ["a map or list cannot start on the line of '---'"],
  emptyAnchor: ["an anchor or alias needs a name"],
  emptyFlowItem: ["there is nothing between these commas"],
  entryInMap: [
    "a list entry stands among the keys of a map",
    "indent it more than the key that it belongs to",
  ],
  extraComma: ["there is nothing before this comma"],
  keyMultiline: [
    "this was read as one key over several lines",
    "look for a missing ':' or wrong indentation",
  ],
  keyTooLong: ["a key of more than 1024 characters needs '? ' before it"],
  lineBreakInString: [
    "a line ends within a string",
    "close the string, or write \\n for a line break",
  ],
  listAfterKey: ["a list cannot start on the line of its key", "start it on the next line"],
  listAfterProperties: [
    "a list cannot start on the line of its tag or anchor",
    "start it on the next line",
  ],
  listAlignment: ["this '-' does not line up with the others of its list"],
  listAsKey: ["a list cannot be a key"],
  mapAlignment: ["this key does not line up with the other keys of its map"],
  mapAfterMap: ["a second ': ' on this line", "quote the value, or nest the map on the next line"],
  missingColon: ["a ':' is missing after this key"],
  missingComma: ["a comma is missing before this"],
  missingDash: ["an entry of this list has no '- '"],
  missingValue: ["a value is missing here"],
  mismatchedClose: ["'{}' closes nothing that is open"],
  multipleAnchors: ["a value can have one anchor only"],
  multipleDocuments: [
    "a second document starts here; an inventory is one",
    "put it into a file of its own and give both files",
  ],
  multipleTags: [
    "a value can have one tag only",
    'nest the inner form: !mkForce {"$mkBefore": [...]}',
  ],
  notAKey: ["JSON keys are strings in double quotes"],
  plainStart: ["a text cannot start with '{}' unless it is quoted"],
  propertiesBeforeIndicator: ["tags and anchors stand after '{}', not before"],
  propertySpace: ["a space is missing after a tag or an anchor"],
  quoteMissing: ["this string is not closed", "add the closing quote: {}"],
  singleQuotes: ["JSON strings have double quotes"],
  spaceAfterColon: ["a space is missing after ':'"],
  spaceAfterDash: ["a space is missing after '-'"],
  tabIndentation: ["a tab cannot indent YAML", "use spaces"],
  tagSyntax: ["'{}' is no tag"],
  textAfterQuote: [
    "there is text after the closing quote",
    'inside \'...\' write a quote twice, inside "..." write \\" for one',
  ],
  textAfterEnd: ["there is more text after the end of the JSON value"],
  trailingComma: ["JSON allows no comma after the last entry"],
  unclosed: ["this '{}' is not closed", "if it is, indent what is inside more than the key"],
  unexpected: ["'{}' cannot stand here"],
  unexpectedEnd: ["the text ends here, but a value is not finished"],
  unknownAlias: ["no anchor '&{}' stands before this alias"],
  unknownWord: [
    "'{}' is no JSON value",
    "JSON has true, false and null; strings need double quotes",
  ],
  unquotedKey: ["'{}' needs double quotes in JSON"],
  yaml: [
    "this looks like YAML, but is read as JSON",
    "a .json file is strict JSON: rename it, or use --from yaml",
  ],
} as const satisfies { readonly [problem: string]: readonly [message: string, help?: string] };
