import type { SyntaxProblem } from "../diagnostics.js";

/**
 * What an error of the `yaml` package means to the user. `code` and `message`
 * are the package's; `at` is the text from the place of the error on, `before`
 * the character before it.
 */
export function yamlProblem(code: string, message: string, at: string, before: string): SyntaxProblem {
  if (listEntryCodes.has(code) && /^-\s/.test(at)) return "entryInMap";
  if ((code === "MISSING_CHAR" || code === "BAD_INDENT") && /^-\w/.test(at)) return "spaceAfterDash";
  if (message === "Unexpected scalar at node end" && /["']/.test(before)) return "textAfterQuote";
  const byMessage = problemsByMessage.find(([start]) => message.startsWith(start));
  return byMessage?.[1] ?? problemsByCode[code] ?? "unexpected";
}

/** Whether a problem with the structure, after which the parser takes what follows for something else than the user did. */
export function isStructural(problem: SyntaxProblem): boolean {
  return structural.has(problem);
}

const structural: ReadonlySet<SyntaxProblem> = new Set([
  "blockInFlow",
  "entryInMap",
  "keyMultiline",
  "listAfterKey",
  "listAlignment",
  "listAsKey",
  "mapAfterMap",
  "mapAlignment",
  "missingColon",
  "missingComma",
  "missingDash",
  "quoteMissing",
  "spaceAfterDash",
  "textAfterQuote",
  "unclosed",
  "unexpected",
]);

/** The codes under which `- x` among the keys of a map is reported. */
const listEntryCodes: ReadonlySet<string> = new Set(["BLOCK_AS_IMPLICIT_KEY", "MISSING_CHAR", "MULTILINE_IMPLICIT_KEY"]);

const problemsByCode: { readonly [code: string]: SyntaxProblem } = {
  ALIAS_PROPS: "aliasProperties",
  BAD_ALIAS: "emptyAnchor",
  BAD_DIRECTIVE: "badDirective",
  BAD_DQ_ESCAPE: "badEscape",
  BAD_PROP_ORDER: "propertiesBeforeIndicator",
  BAD_SCALAR_START: "plainStart",
  BLOCK_IN_FLOW: "blockInFlow",
  KEY_OVER_1024_CHARS: "keyTooLong",
  MULTILINE_IMPLICIT_KEY: "keyMultiline",
  MULTIPLE_ANCHORS: "multipleAnchors",
  MULTIPLE_TAGS: "multipleTags",
  RESOURCE_EXHAUSTION: "cannotRead",
  TAB_AS_INDENT: "tabIndentation",
  TAG_RESOLVE_FAILED: "tagSyntax",
};

/** For codes that stand for several problems: how the message starts. */
const problemsByMessage: readonly (readonly [start: string, problem: SyntaxProblem])[] = [
  ["A block sequence may not be used as an implicit map key", "listAsKey"],
  ["All mapping items must start", "mapAlignment"],
  ["All sequence items must start", "listAlignment"],
  ["Block collection cannot start on same line", "documentStartLine"],
  ["Block scalar header includes extra", "blockHeader"],
  ["Block scalar lines must not be less indented", "blockLessIndented"],
  ["Block scalar values in collections must be indented", "blockLessIndented"],
  ["Block scalars with more-indented leading", "blockMoreIndentedStart"],
  ["Comments must be separated", "commentSpace"],
  ["Flow map", "unclosed"],
  ["Flow sequence", "unclosed"],
  ["Implicit map keys need", "missingColon"],
  ["Missing , ", "missingComma"],
  ["Missing closing", "quoteMissing"],
  ["Missing directives-end", "directiveEnd"],
  ["Missing newline after block sequence props", "listAfterProperties"],
  ["Missing space after :", "spaceAfterColon"],
  ["Nested mappings are not allowed", "mapAfterMap"],
  ["Sequence item without -", "missingDash"],
  ["Tags and anchors must be separated", "propertySpace"],
  ["Unexpected , in", "extraComma"],
  ["Unexpected block-seq-ind on same line", "listAfterKey"],
  ["Unexpected empty item", "emptyFlowItem"],
];
