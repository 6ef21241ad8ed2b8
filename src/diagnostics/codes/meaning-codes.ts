import { codeTable, withSettings } from "./code-table.js";

/** What cannot be meant as it is written. */
export const meaningCodes = codeTable({
  "machine-name": {
    severity: "warning",
    summary: "A machine whose name is not a valid host name.",
    why: "The name becomes the machine's host name, and NixOS refuses others.",
    fix: "Use at most 63 letters, digits and hyphens, with no hyphen at either end.",
    example: ["machines: [web_1]"],
    instead: ["machines: [web-1]"],
  },
  "predefined-tag": {
    severity: "warning",
    summary: "A definition of `all`, `nixos` or `darwin`.",
    why: "It replaces the predefined tag, so that `all` no longer means all machines.",
    fix: "Use another name; set `machineClass` to make a machine `darwin`.",
    example: ["machines: [web, mail]", "tags: { all: [web] }"],
    instead: ["machines: [web, mail]", "tags: { public: [web] }"],
  },
  "settings-conflict": {
    severity: "error",
    summary: "Definitions of one setting that cannot be merged.",
    why: "Nix takes one value for a setting. If lowered to a warning, both go to Nix, which may fail.",
    fix: "Put `!mkForce` on the one that should win, or `!mkDefault` on the others.",
    example: [
      "machines: { web: { tags: [public] } }",
      "instances:",
      "  site:",
      "    module: { input: self }",
      "    roles:",
      "      server:",
      "        tags: { public: { settings: { port: 80 } } }",
      "        settings: { port: 8080 }",
    ],
    instead: [
      "machines: { web: { tags: [public] } }",
      "instances:",
      "  site:",
      "    module: { input: self }",
      "    roles:",
      "      server:",
      "        tags: { public: { settings: { port: 80 } } }",
      "        settings: { port: !mkDefault 8080 }",
    ],
  },
  "source-conflict": {
    severity: "error",
    summary: "Two files that define one value differently.",
    why: "The files make one inventory. If lowered to a warning, the first one counts.",
    fix: "Keep only one of the two.",
    example: {
      files: {
        "a.yaml": ["machines: { web: { description: public } }"],
        "b.yaml": ["machines: { web: { description: internal } }"],
      },
    },
    instead: {
      files: {
        "a.yaml": ["machines: { web: { description: public } }"],
        "b.yaml": ["machines: { web: { tags: [internal] } }"],
      },
    },
  },
  "tag-cycle": {
    severity: "error",
    staysError: true,
    summary: "Computed tags that depend on each other.",
    why: "Which machines have them cannot be computed.",
    fix: "Break the cycle: name machines in one of the tags, or tag the machines themselves.",
    example: ["machines: [web]", "tags:", "  a: { noneOf: [b] }", "  b: { noneOf: [a] }"],
    instead: ["machines: [web]", "tags:", "  a: { noneOf: [b] }", "  b: { machines: [web] }"],
  },
  "unknown-machine": {
    severity: "error",
    summary: "A machine that is neither declared nor known.",
    why: "Clan says nothing, and no machine gets the role. It is left out there.",
    fix: "Correct the name, declare the machine, or pass it with `--known-machine`. A tag belongs under `tags`.",
    example: [
      "machines: [laptop]",
      "instances:",
      "  sshd: { roles: { server: { machines: [lapto] } } }",
    ],
    instead: [
      "machines: [laptop]",
      "instances:",
      "  sshd: { roles: { server: { machines: [laptop] } } }",
    ],
  },
  "unknown-value": {
    severity: "error",
    staysError: true,
    summary: "A `!value` whose name is not under `values`.",
    why: "There is nothing to put in its place.",
    fix: "Correct the name, or define it under `values` at the root of any file.",
    example: ["values: { night: '03:00' }", ...withSettings("{ startAt: !value nigth }")],
    instead: ["values: { night: '03:00' }", ...withSettings("{ startAt: !value night }")],
  },
  "value-cycle": {
    severity: "error",
    staysError: true,
    summary: "Values that use each other.",
    why: "None of them can be written out.",
    fix: "Write one of them out.",
    example: [
      "values: { day: !value night, night: !value day }",
      ...withSettings("{ startAt: !value day }"),
    ],
    instead: [
      "values: { day: !value night, night: '03:00' }",
      ...withSettings("{ startAt: !value day }"),
    ],
  },
  "unknown-tag": {
    severity: "warning",
    summary: "A tag that no machine has.",
    why: "The role gets no machines by it, usually because of a typo.",
    fix: "Correct the tag, or put it on a machine.",
    example: [
      "machines: { web: { tags: [public] } }",
      "instances:",
      "  sshd: { roles: { server: { tags: [pubic] } } }",
    ],
    instead: [
      "machines: { web: { tags: [public] } }",
      "instances:",
      "  sshd: { roles: { server: { tags: [public] } } }",
    ],
  },
  "unused-ignore": {
    severity: "warning",
    summary: "A comment `# inventory2nix: ignore[…]` that silences nothing.",
    why: "The mistake is gone, is on another line, or cannot be silenced. A comment that stays hides the next one.",
    fix: "Remove the code from the comment, or the comment as a whole.",
    example: ["machines:", "  web: # inventory2nix: ignore[machine-name]"],
    instead: [
      "machines:",
      "  web_1: # inventory2nix: ignore[machine-name] has always been called so",
    ],
  },
});
