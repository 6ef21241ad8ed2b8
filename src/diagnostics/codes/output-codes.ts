import { codeTable, withSettings } from "./code-table.js";

/** What keeps an inventory from being written in full. */
export const outputCodes = codeTable({
  "export-gaps": {
    severity: "note",
    summary: "An inventory exported from Clan, which lacks what JSON cannot represent.",
    why: "The export leaves out `extraModules`, and has results in place of functions, computed tags and paths.",
    fix: "Add them by hand.",
    example: {
      files: {
        "export.json": [
          '{ "machines": { "web": {} }, "instances": { "sshd": { "roles": { "server": { "machines": {',
          '    "web": {} }, "settings": { "imports": [{ "_file": "", "imports": [{}] }] } } } } } }',
        ],
      },
    },
  },
  "limit-exceeded": {
    severity: "error",
    staysError: true,
    summary: "Input, output or work beyond a limit.",
    why: "The work is bounded for any input, so that no text can hang the compiler or exhaust the memory.",
    fix: "Make it smaller; in the library, `limits` sets the limits.",
    example: [`x-deep: ${"[".repeat(70)}${"]".repeat(70)}`],
    instead: ["x-deep: [[[[]]]]"],
  },
  "not-serializable": {
    severity: "error",
    staysError: true,
    summary: "A value that the chosen output format cannot represent.",
    why: "JSON has no paths, references or code.",
    fix: "Use `--to nix` or `--to yaml`.",
    example: {
      files: { "inventory.yaml": withSettings("{ key: !path ./key.pub }") },
      flags: ["--to", "json"],
    },
    instead: {
      files: { "inventory.yaml": withSettings("{ key: !path ./key.pub }") },
      flags: ["--to", "yaml"],
    },
  },
  "stale-output": {
    severity: "error",
    staysError: true,
    summary: "An output that `--check` finds different from what the sources give.",
    why: "Clan reads the committed output, and so an inventory that nobody wrote.",
    fix: "Run the same command without `--check`.",
  },
  "unreadable-input": {
    severity: "error",
    staysError: true,
    summary: "A file, or a folder, that the command cannot read.",
    why: "What it would add to the inventory is unknown.",
    fix: "Give a path that exists and that you may read.",
  },
});
