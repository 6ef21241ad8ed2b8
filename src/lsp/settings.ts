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
  const added: string[] = [];
  for (const [key, value] of byName) {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    for (const word of valuesOf(value)) {
      if (typeof word === "object" || String(word).includes("\0")) {
        return {
          mistake: `the setting '${key}' needs text, a number, true or false, or a list of these`,
        };
      }
      added.push(asArgument(name, String(word)));
    }
  }
  return parseArguments([command, ...given, ...added]);
}

/** What follows a flag, once for each time that it is given; empty where nothing does. */
function valuesOf(value: unknown): readonly unknown[] {
  if (value === true) {
    return [""];
  }
  if (value === false || value == null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value;
  }
  return typeof value === "object"
    ? entriesOf(value).map(([name, word]) =>
        typeof word === "object" ? word : `${name}=${String(word)}`,
      )
    : [value];
}

function asArgument(name: string, value: string): string {
  return value === "" ? `--${name}` : `--${name}=${value}`;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
