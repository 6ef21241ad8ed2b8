import { type Invocation, type Mistake, parseArguments } from "../cli/parse-arguments.js";

/**
 * The command's arguments with an editor's settings behind them: each has the name of a flag in camel
 * case, and says what follows it: `{ allowNix: true, ignore: ["similar-tag"] }`. Later settings
 * replace those before.
 */
export function withSettings(
  { command, inOrder }: Invocation,
  ...settings: readonly unknown[]
): Invocation | Mistake {
  const given = inOrder.map(([name, value]) => asArgument(name, value));
  const byName = new Map(settings.flatMap(entriesOf));
  const added = [...byName].flatMap(([key, value]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return valuesOf(value).map((word) => asArgument(name, word));
  });
  return parseArguments([command, ...given, ...added]);
}

/** What follows a flag, once for each time that it is given; empty where nothing does. */
function valuesOf(value: unknown): readonly string[] {
  if (value === true) {
    return [""];
  }
  if (value === false || value == null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map(String);
  }
  return typeof value === "object"
    ? entriesOf(value).map(([name, word]) => `${name}=${String(word)}`)
    : [String(value)];
}

function asArgument(name: string, value: string): string {
  return value === "" ? `--${name}` : `--${name}=${value}`;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
