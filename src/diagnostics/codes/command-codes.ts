import { codeTable } from "./code-table.js";

/** What only the command finds, beside the inventory. */
export const commandCodes = codeTable({
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
    why: "Without it, the inventory would not be whole.",
    fix: "Check its name and its permissions; WebAssembly sees only the folders passed with `--dir`.",
  },
});
