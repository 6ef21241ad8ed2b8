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
  "left-out": {
    severity: "note",
    summary:
      "Something that `--to yaml` leaves out of a source: comments, `$schema` and `x-` keys.",
    why: "The output is written from what the inventory means, not from its text.",
    fix: "Copy by hand what you want to keep.",
    example: {
      files: { "inventory.yaml": ["machines: [web] # the only one"] },
      flags: ["--to", "yaml"],
    },
    instead: { files: { "inventory.yaml": ["machines: [web]"] }, flags: ["--to", "yaml"] },
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
  "skipped-folder": {
    severity: "note",
    summary: "A folder in the folder of the inventory whose files are no part of it.",
    why: "Only files directly in a folder that you name are read.",
    fix: "Name the folder, too, if its files belong to the inventory.",
  },
  "stale-output": {
    severity: "error",
    summary: "An output file that is not what `--check` would write.",
    why: "Nix would use what the inventory said earlier.",
    fix: "Run the same command without `--check`, and commit the output with the inventory.",
    example: {
      files: { "inventory.yaml": ["machines: [web]"] },
      flags: ["-o", "inventory.nix", "--check"],
    },
  },
  "unreadable-input": {
    severity: "error",
    staysError: true,
    summary: "A file or a folder that cannot be found or read.",
    why: "Without it, the inventory would be incomplete.",
    fix: "Check its name and its permissions; WebAssembly sees only the folders passed with `--dir`.",
  },
});
