/** Makes docs/mistakes.md: what the compiler, and what Clan, says about common mistakes. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { check, formatDiagnostics } from "../src/index.js";

interface Mistake {
  readonly mistake: string;
  readonly inventory: string;
  /** What Clan says. */
  readonly clan: string;
  /** How many lines Nix prints, if Clan refuses or warns. */
  readonly lines?: number;
}

export const mistakesPage = path.join(import.meta.dirname, "../docs/mistakes.md");

export function writeMistakesPage(): string {
  const file = path.join(import.meta.dirname, "../docs/mistakes.yaml");
  const mistakes: readonly Mistake[] = parse(readFileSync(file, "utf8"));
  return [introduction, ...mistakes.map(section)].join("\n");
}

const introduction = `# Common mistakes

Each mistake has a small inventory of its own. Below it is what inventory2nix says, and what Clan says when Nix
evaluates the same inventory. Clan is clan-core d7c35d9 under Nix 2.34, with every setting looked at.
Nix stops at the first mistake, and knows the option, but not the line.

This page is made from [mistakes.yaml](mistakes.yaml) by \`npm run docs\`.
`;

function section({ mistake, inventory, clan, lines }: Mistake): string {
  const source = { name: "inventory.yaml", text: inventory };
  const { diagnostics } = check(source);
  const found = formatDiagnostics(diagnostics, [source], { format: "text", color: false });
  return [
    `## ${mistake[0]!.toUpperCase()}${mistake.slice(1)}`,
    "",
    ...fenced("yaml", inventory),
    ...(found === "" ? ["inventory2nix says nothing.", ""] : fenced("text", found)),
    ...(lines === undefined
      ? [`Clan ${clan}.`, ""]
      : [`Clan says, in ${lines} lines:`, "", ...fenced("text", clan)]),
  ].join("\n");
}

function fenced(language: string, text: string): readonly string[] {
  return [`\`\`\`${language}`, text.trimEnd(), "```", ""];
}
