/**
 * The value of a Nix literal, as nixpkgs prints the defaults and examples of options; `undefined` for
 * any other expression.
 */
export function parseNixLiteral(text) {
  const tokens = text.match(token) ?? [];
  const isWhole =
    tokens.join("").length === text.replace(space, (_, string) => string ?? "").length;
  const parser = { tokens, at: 0 };
  try {
    const value = isWhole ? readValue(parser) : undefined;
    return parser.at === tokens.length ? value : undefined;
  } catch (error) {
    if (error instanceof NoLiteral) {
      return undefined;
    }
    throw error;
  }
}

const string = String.raw`"(?:[^"\\]|\\[^])*"|''(?:[^']|'(?!')|'''|''\$|''\\[^])*''(?!['$\\])`;
const token = new RegExp(`${string}|[A-Za-z_][\\w'-]*|-?\\d+(?:\\.\\d+)?|[{}[\\]=;.]`, "g");
const space = new RegExp(`(${string})|\\s+`, "g");

class NoLiteral extends Error {}

function readValue(parser) {
  const word = parser.tokens[parser.at++];
  if (word === "[") {
    const items = [];
    while (parser.tokens[parser.at] !== "]") {
      items.push(readValue(parser));
    }
    parser.at++;
    return items;
  }
  if (word === "{") {
    return readSet(parser);
  }
  if (word?.startsWith('"') || word?.startsWith("''")) {
    return readString(word);
  }
  const constants = { true: true, false: false, null: null };
  if (word !== undefined && Object.hasOwn(constants, word)) {
    return constants[word];
  }
  if (/^-?\d/.test(word ?? "")) {
    return Number(word);
  }
  throw new NoLiteral();
}

function readSet(parser) {
  const set = {};
  while (parser.tokens[parser.at] !== "}") {
    const key = parser.tokens[parser.at++] ?? "";
    if (parser.tokens[parser.at++] !== "=") {
      throw new NoLiteral();
    }
    set[key.startsWith('"') ? readString(key) : key] = readValue(parser);
    if (parser.tokens[parser.at++] !== ";") {
      throw new NoLiteral();
    }
  }
  parser.at++;
  return set;
}

function readString(word) {
  if (word.startsWith('"')) {
    const text = word.slice(1, -1);
    if (/(^|[^\\])\$\{/.test(text)) {
      throw new NoLiteral();
    }
    return text.replace(/\\([^])/g, (_, char) => ({ n: "\n", r: "\r", t: "\t" })[char] ?? char);
  }
  const lines = word.slice(2, -2).replace(/^ *\n/, "").replace(/'''/g, "''").split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^ */.exec(line)[0].length);
  const indent = Math.min(...indents, Infinity);
  return lines
    .map((line) => line.slice(Number.isFinite(indent) ? indent : 0))
    .join("\n")
    .replace(/ +$/, "");
}
