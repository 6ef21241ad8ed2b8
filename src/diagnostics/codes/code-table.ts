/** What a code means: the one source for `codes`, docs/diagnostics.md and the rules of SARIF. */
export interface CodeDescription {
  /** That of most findings; a catalogue that the user gives makes errors of warnings about it. */
  readonly severity: "error" | "warning" | "note";
  /** Whether it stays an error, whatever is asked for: it leaves nothing to compile in its place. */
  readonly staysError?: true;
  /** What is found: a sentence. */
  readonly summary: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** An inventory that has this finding and no other; absent where no text can have it. */
  readonly example?: Example;
  /** The example without the mistake. */
  readonly instead?: Example;
}

/** The lines of `inventory.yaml`, or of other files by their names, and flags for the command. */
export type Example =
  | readonly string[]
  | {
      readonly files: { readonly [name: string]: readonly string[] };
      readonly flags?: readonly string[];
    };

/** An example in its parts. */
export interface ExampleParts {
  readonly files: readonly {
    readonly name: string;
    readonly lines: readonly string[];
    readonly text: string;
  }[];
  readonly flags: readonly string[];
}

export function partsOf(example: Example): ExampleParts {
  const { files, flags = [] } =
    "files" in example ? example : { files: { "inventory.yaml": example } };
  return {
    files: Object.entries(files).map(([name, lines]) => ({
      name,
      lines,
      text: lines.map((line) => `${line}\n`).join(""),
    })),
    flags,
  };
}

/** Keeps the names of the codes as a type, and nothing else of the table. */
export function codeTable<Code extends string>(
  table: {
    readonly [code in Code]: CodeDescription;
  },
): { readonly [code in Code]: CodeDescription } {
  return table;
}

/** An inventory in which a role has these settings, written in one line. */
export function withSettings(settings: string): readonly string[] {
  return withRole(`machines: [web], settings: ${settings}`);
}

/** An inventory in which a role has these modules, written in one line. */
export function withModules(modules: string): readonly string[] {
  return withRole(`machines: [web], extraModules: ${modules}`);
}

function withRole(content: string): readonly string[] {
  return [
    "machines: [web]",
    "instances:",
    "  site:",
    "    module: { input: self }",
    "    roles:",
    `      server: { ${content} }`,
  ];
}
