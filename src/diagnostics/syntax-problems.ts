import type { Code } from "./codes.js";

export type SyntaxProblem = keyof typeof syntaxProblems;

/** The code and the message for each syntax problem, and its help; `{}` is the piece of text at fault. */
export const syntaxProblems = {
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
  comment: [
    "json5-syntax",
    "JSON does not allow comments",
    "remove it, or write YAML, where comments start with '#'",
  ],
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
  equalsSign: ["missing-separator", "a key is followed by ':', not by '='"],
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
  lostHeader: [
    "yaml-indentation",
    "there is no key above '{}' that it belongs to",
    "write that key on a line of its own, such as machines:",
  ],
  mapAlignment: ["yaml-indentation", "this key is not aligned with the others in its map"],
  mapAfterMap: [
    "unquoted-text",
    "unexpected second ': ' on this line",
    "quote the value, or nest the map on the next line",
  ],
  missingColon: ["missing-separator", "missing ':' after this key"],
  missingComma: ["missing-separator", "missing ',' before this"],
  listSign: ["missing-separator", "a list entry starts with '- ', not with '{}'"],
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
  signAfterColon: ["unexpected-text", "unexpected '{}' after the ':' of this key"],
  singleQuotes: ["json5-syntax", "JSON strings use double quotes"],
  slashComment: ["unexpected-text", "'//' does not start a comment", "comments start with '#'"],
  spaceAfterColon: ["missing-space", "missing space after ':'"],
  spaceAfterDash: ["missing-space", "missing space after '-'"],
  tabIndentation: ["tab-indentation", "YAML cannot be indented with tabs", "use spaces"],
  tagSyntax: ["yaml-tag", "'{}' is not a valid tag"],
  textAfterQuote: [
    "unexpected-text",
    "unexpected text after the closing quote",
    'for a quote inside the string, double it in \'...\', or write \\" in "..."',
  ],
  textAfterValue: ["unexpected-text", "unexpected '{}'"],
  textAfterEnd: ["unexpected-text", "unexpected text after the end of the JSON value"],
  trailingComma: ["json5-syntax", "JSON does not allow a comma after the last entry"],
  unclosed: [
    "unclosed-bracket",
    "this '{}' is not closed",
    "if it is, indent its contents more than the key",
  ],
  unexpected: ["unexpected-text", "unexpected '{}'"],
  unexpectedEnd: ["unexpected-end", "the text ends before its value is complete"],
  unknownAlias: [
    "unknown-anchor",
    "no anchor '&{}' before this alias",
    "anchors are per file, and come before their aliases",
  ],
  unknownWord: [
    "json-syntax",
    "'{}' is not a JSON value",
    "JSON has true, false and null; strings need double quotes",
  ],
  unquotedKey: ["json5-syntax", "'{}' needs double quotes in JSON"],
  valueAboveBlock: [
    "unexpected-text",
    "this key has both a value and entries below",
    "remove the value, or indent the lines below like the key",
  ],
  yaml: [
    "foreign-format",
    "this looks like YAML, but is parsed as JSON",
    "a .json file is strict JSON: rename it, or use --from yaml",
  ],
} as const satisfies {
  readonly [problem: string]: readonly [code: Code, message: string, help?: string];
};
