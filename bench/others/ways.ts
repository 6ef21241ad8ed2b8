import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

/** What somebody may use to bring an inventory to Nix, or to look at it. */
export interface Way {
  readonly name: string;
  /** Looked for on the PATH. */
  readonly program: string;
  /** Prints the version of the program, after which `recognized` tells namesakes apart. */
  readonly version: readonly string[];
  readonly recognized?: RegExp;
  readonly from: "yaml" | "json";
  /** What it prints; `nothing` for a parser, which only shows what reading takes. */
  readonly makes: "nix" | "json" | "nothing";
  readonly convert: (file: string) => readonly string[];
  /** Looks for mistakes, where that is another command. */
  readonly check?: (file: string) => readonly string[];
}

const command = path.resolve("dist/bin.js");
const require = createRequire(import.meta.url);

export const ways: readonly Way[] = [
  {
    name: "inventory2nix",
    program: process.execPath,
    version: [command, "--version"],
    from: "yaml",
    makes: "nix",
    convert: (file) => [command, "compile", "--no-machines-dir", "--quiet", file],
    check: (file) => [command, "check", "--no-machines-dir", file],
  },
  {
    name: "yq (Go)",
    program: "yq",
    version: ["--version"],
    recognized: /mikefarah/,
    from: "yaml",
    makes: "json",
    convert: (file) => ["-o=json", file],
  },
  {
    name: "yq (Python)",
    program: "yq",
    version: ["--version"],
    recognized: /^yq \d/,
    from: "yaml",
    makes: "json",
    convert: (file) => [".", file],
  },
  {
    name: "jq",
    program: "jq",
    version: ["--version"],
    from: "json",
    makes: "json",
    convert: (file) => [".", file],
  },
  {
    name: "nix-converter",
    program: "nix-converter",
    version: [],
    from: "yaml",
    makes: "nix",
    convert: (file) => ["-language", "yaml", "-filename", file],
  },
  {
    name: "any2nix",
    program: "any2nix",
    version: ["--version"],
    from: "yaml",
    makes: "nix",
    convert: (file) => ["--format", "yaml", file],
  },
  parser("js-yaml", "load"),
  parser("yaml", "parse"),
];

/** Node with a parser alone. */
function parser(name: string, parse: string): Way {
  const inNode = (script: string) => ["--input-type=module", "--eval", script];
  const { version } = require(path.resolve("node_modules", name, "package.json")) as {
    readonly version: string;
  };
  const script = `import { ${parse} } from "${name}"; import { readFileSync } from "node:fs";`;
  return {
    name: `${name} alone, in Node`,
    program: process.execPath,
    version: inNode(`console.log("${version}")`),
    from: "yaml",
    makes: "nothing",
    convert: (file) => inNode(`${script} ${parse}(readFileSync(${JSON.stringify(file)}, "utf8"));`),
  };
}
