import type { Span, TextEdit } from "../model/source.js";
import type { Applicability, Finding, Place, RelatedPlace, SourceSpan } from "./diagnostic.js";
import { error } from "./finding.js";
import { guess, replaceText } from "./fixes.js";
import { type SyntaxProblem, syntaxProblems } from "./syntax-problems.js";
import { clipped, codePoint, firstNames, joinNames, listed, quoted } from "./words.js";

/** `place` is the second occurrence. */
export function duplicateKey(place: Place, key: string, first: Place): Finding {
  return error("duplicate-key", place, `duplicate key ${quoted(key)}`, {
    related: [{ message: "first here", place: first }],
    ...(key === "<<" && { help: "merge several maps with one key: <<: [*a, *b]" }),
  });
}

/** Several duplicate keys in a row, as one finding. */
export function duplicateKeys(findings: readonly Finding[]): Finding {
  const [first] = findings as [Finding];
  const { source } = first.place;
  const names = findings.flatMap(({ place }) =>
    "start" in place
      ? [quoted(source.text.slice(place.start, place.end).replace(/["']/g, ""))]
      : [],
  );
  return error("duplicate-key", first.place, `duplicate keys ${joinNames(firstNames(names))}`, {
    related: findings.flatMap(({ related }) => related),
    help: "if they are of another map, its name above them is missing",
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
