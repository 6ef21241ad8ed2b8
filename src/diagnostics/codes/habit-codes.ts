import { codeTable, withModules, withSettings } from "./code-table.js";

/** What is legal, and almost never intended. */
export const habitCodes = codeTable({
  "idle-role": {
    severity: "warning",
    summary:
      "A role that changes nothing: it has settings or modules but no members, or imports nothing.",
    why: "Whoever wrote it wanted a machine to have it.",
    fix: "Give the role `machines` or `tags`, and an importer `extraModules`.",
    example: [
      "machines: [web]",
      "instances:",
      "  site: { module: { input: self }, roles: { server: { settings: { port: 80 } } } }",
    ],
    instead: withSettings("{ port: 80 }"),
  },
  "missing-role": {
    severity: "warning",
    summary: "A role that needs another one, which no machine has.",
    why: "A client without a server does nothing.",
    fix: "Give a machine the role that is missing. Ignore the warning if another inventory has it.",
    example: [
      "machines: [laptop, server]",
      "instances:",
      "  backup: { module: borgbackup, roles: { client: { machines: [laptop] } } }",
    ],
    instead: [
      "machines: [laptop, server]",
      "instances:",
      "  backup:",
      "    module: borgbackup",
      "    roles: { client: { machines: [laptop] }, server: { machines: [server] } }",
    ],
  },
  "nix-as-text": {
    severity: "warning",
    summary: "Nix code in a text, or a special form without its `!`.",
    why: "A text is not evaluated: it arrives in Nix as it is written.",
    fix: "Use a special form such as `!mkForce` or `!ref`, or put the code in a module under `extraModules`.",
    example: withSettings('{ port: "lib.mkForce 80" }'),
    instead: withSettings("{ port: !mkForce 80 }"),
  },
  "path-as-text": {
    severity: "warning",
    summary: "A text that looks like a path.",
    why: "A text stays a text: Nix does not copy the file, nor look for it beside the inventory.",
    fix: "Write `!path` before it. Ignore the warning if the path is one on the machine.",
    example: withSettings("{ key: ./key.pub }"),
    instead: withSettings("{ key: !path ./key.pub }"),
  },
  secret: {
    severity: "warning",
    summary: "A private key or token in settings or in a module.",
    why: "Settings end up in the Nix store, where everyone on the machine can read them.",
    fix: "Keep it in Clan's vars, and revoke it if it was ever published.",
    example: withSettings("{ token: ghp_0123456789abcdefghijABCDEFGHIJ012345 }"),
    instead: withModules("[./token.nix]"),
  },
  "similar-input": {
    severity: "warning",
    summary:
      "A flake input, or the first name of a reference, close to `self` or another known one.",
    why: "It is usually a typo, and Nix says only that there is no such input.",
    fix: "Correct the name. Ignore the warning if an input is really called that.",
    example: [
      "machines: [web]",
      "instances:",
      "  backup:",
      "    module: { name: backup, input: slef }",
      "    roles: { client: { tags: [all] } }",
    ],
    instead: [
      "machines: [web]",
      "instances:",
      "  backup:",
      "    module: { name: backup, input: self }",
      "    roles: { client: { tags: [all] } }",
    ],
  },
  "similar-tag": {
    severity: "warning",
    summary: "A machine's tag that nothing uses, close to one in use.",
    why: "It is usually a typo, and the machine lacks what the other tag gives.",
    fix: "Correct the tag. Ignore the warning if both are meant.",
    example: [
      "machines: { web: { tags: [prod] }, mail: { tags: [prdo] } }",
      "instances:",
      "  sshd: { roles: { server: { tags: [prod] } } }",
    ],
    instead: [
      "machines: { web: { tags: [prod] }, mail: { tags: [prod] } }",
      "instances:",
      "  sshd: { roles: { server: { tags: [prod] } } }",
    ],
  },
  "tag-name": {
    severity: "warning",
    summary: "A tag that is empty, or holds a space, a comma or a pattern.",
    why: "It is usually a list without its brackets; `*` and `?` are patterns in selectors.",
    fix: "Write several tags as a list, and use letters, digits and hyphens in a tag.",
    example: ["machines:", '  web: { tags: ["public, prod"] }'],
    instead: ["machines:", "  web: { tags: [public, prod] }"],
  },
});
