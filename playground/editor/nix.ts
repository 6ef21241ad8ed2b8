import { StreamLanguage, type StringStream } from "@codemirror/language";

/** What is open at some point of a text: strings, and the code inside their `${…}`. */
type Context = "string" | "lines" | "code";

/** As much of Nix as highlighting needs. */
export const nix = StreamLanguage.define<{ contexts: readonly Context[] }>({
  name: "nix",
  startState: () => ({ contexts: [] }),
  copyState: ({ contexts }) => ({ contexts }),
  token(stream, state) {
    const context = state.contexts.at(-1);
    if (context === "string" || context === "lines") {
      return readString(stream, state, context);
    }
    if (stream.eatSpace()) {
      return null;
    }
    if (stream.match(/^#.*/) || stream.match(/^\/\*.*?\*\//)) {
      return "comment";
    }
    const opening = stream.match(/^(''|")/) as RegExpMatchArray | null;
    if (opening) {
      return open(state, opening[0] === '"' ? "string" : "lines", "string");
    }
    if (stream.match("{")) {
      return open(state, "code", "bracket");
    }
    if (stream.match("}")) {
      return close(state, "bracket");
    }
    if (stream.match(/^-?\d+(\.\d+)?(e[+-]?\d+)?/i)) {
      return "number";
    }
    if (stream.match(/^(\.\.?|~)?\/[\w./-]*\w/) || stream.match(/^\.\/\.(?![\w/])/)) {
      return "literal";
    }
    if (stream.match(/^(assert|else|if|in|inherit|let|or|rec|then|with)\b(?!['-])/)) {
      return "keyword";
    }
    if (stream.match(/^(true|false|null)\b(?!['-])/)) {
      return "atom";
    }
    if (stream.match(/^[a-zA-Z_][\w'-]*(?=(\.("[^"]*"|[\w'-]+))*\s*=[^=])/)) {
      return "propertyName";
    }
    if (stream.match(/^[a-zA-Z_][\w'-]*/)) {
      return "variableName";
    }
    stream.next();
    return "punctuation";
  },
});

function readString(
  stream: StringStream,
  state: { contexts: readonly Context[] },
  context: "string" | "lines",
): string {
  if (stream.match(context === "string" ? '"' : /^''(?![$'\\])/)) {
    return close(state, "string");
  }
  if (stream.match("${")) {
    return open(state, "code", "bracket");
  }
  if (stream.match(context === "string" ? /^\\./ : /^('''|''\$|''\\.)/)) {
    return "escape";
  }
  if (!stream.match(context === "string" ? /^(\$\$|[^"\\$])+/ : /^(\$\$|[^'$])+/)) {
    stream.next();
  }
  return "string";
}

function open(state: { contexts: readonly Context[] }, context: Context, style: string): string {
  state.contexts = [...state.contexts, context];
  return style;
}

function close(state: { contexts: readonly Context[] }, style: string): string {
  state.contexts = state.contexts.slice(0, -1);
  return style;
}
