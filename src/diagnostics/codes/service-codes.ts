import { codeTable } from "./code-table.js";

/**
 * What does not fit the catalogue of services: warnings by the built-in one, whose version may not
 * be the user's, and errors by one given with `--services`.
 */
export const serviceCodes = codeTable({
  "invalid-schema": {
    severity: "error",
    staysError: true,
    summary: "A schema in a catalogue that refers to nothing, or only to itself.",
    why: "Settings cannot be checked against it.",
    fix: "Correct the `$ref`, or export the catalogue again.",
    example: {
      files: {
        "inventory.yaml": ["machines: [web]"],
        "services.json": [
          '{ "self": { "site": { "server": { "properties": { "port": { "$ref": "#/port" } } } } } }',
        ],
      },
      flags: ["--services", "services.json"],
    },
    instead: {
      files: {
        "inventory.yaml": ["machines: [web]"],
        "services.json": [
          '{ "self": { "site": { "server": { "properties": { "port": { "type": "integer" } } } } } }',
        ],
      },
      flags: ["--services", "services.json"],
    },
  },
  "member-count": {
    severity: "warning",
    summary: "Too few or too many machines in a role, or instances of a service.",
    why: "The service expects another number, and fails when it is used, if not before.",
    fix: "Give the role as many machines as the message says.",
    example: [
      "machines: [one, two]",
      "instances:",
      "  zerotier: { roles: { controller: { machines: [one, two] } } }",
    ],
    instead: [
      "machines: [one, two]",
      "instances:",
      "  zerotier: { roles: { controller: { machines: [one] }, peer: { machines: [two] } } }",
    ],
  },
  "newer-clan-core": {
    severity: "note",
    summary: "A `flake.lock` whose clan-core is newer than the built-in catalogue.",
    why: "Services and settings that are new in it are unknown; those that it has removed are accepted.",
    fix: "Export a catalogue from your Clan, and give it with `--services`; a later inventory2nix knows more.",
    example: {
      files: {
        "inventory.yaml": ["machines: [web]"],
        "flake.nix": ["{ }"],
        "flake.lock": [
          "{",
          '  "nodes": {',
          '    "clan-core": { "locked": { "lastModified": 1893456000 } },',
          '    "root": { "inputs": { "clan-core": "clan-core" } }',
          "  },",
          '  "root": "root"',
          "}",
        ],
      },
    },
  },
  "setting-type": {
    severity: "warning",
    summary: "A setting whose value the service does not accept.",
    why: "Nix would fail, with a message that does not name this place.",
    fix: "Write a value of the type that the message names.",
    example: [
      "machines: [web]",
      "instances:",
      "  sshd: { roles: { server: { machines: [web], settings: { generateRootKey: maybe } } } }",
    ],
    instead: [
      "machines: [web]",
      "instances:",
      "  sshd: { roles: { server: { machines: [web], settings: { generateRootKey: true } } } }",
    ],
  },
  "unchecked-input": {
    severity: "note",
    summary: "Services of a flake input that no catalogue knows, but that look like clan-core's.",
    why: "Their roles and settings are not checked.",
    fix: "Say with `--clan-core-input` that the input is clan-core, or give a catalogue with `--services`.",
    example: [
      "machines: [web]",
      "instances:",
      "  sshd: { module: { input: clan }, roles: { server: { machines: [web] } } }",
    ],
    instead: {
      files: {
        "inventory.yaml": [
          "machines: [web]",
          "instances:",
          "  sshd: { module: { input: clan }, roles: { server: { machines: [web] } } }",
        ],
      },
      flags: ["--clan-core-input", "clan"],
    },
  },
  "unknown-role": {
    severity: "warning",
    summary: "A role that the service does not have.",
    why: "Clan would refuse it.",
    fix: "Correct the role; `inventory2nix services NAME` shows the roles of a service.",
    example: ["machines: [web]", "instances:", "  sshd: { roles: { sever: { machines: [web] } } }"],
    instead: [
      "machines: [web]",
      "instances:",
      "  sshd: { roles: { server: { machines: [web] } } }",
    ],
  },
  "unknown-service": {
    severity: "warning",
    summary: "A service that is not in the catalogue.",
    why: "Clan would not find its module.",
    fix: "Correct the name, write `module` if the instance has a name of its own, or `module: {input: …}` for a service of another flake.",
    example: ["machines: [web]", "instances:", "  ssh: { roles: { server: { machines: [web] } } }"],
    instead: [
      "machines: [web]",
      "instances:",
      "  ssh: { module: sshd, roles: { server: { machines: [web] } } }",
    ],
  },
  "unknown-setting": {
    severity: "warning",
    summary: "A setting that the role does not have.",
    why: "Nix would refuse it.",
    fix: "Correct the name; `inventory2nix services NAME` shows the settings of a service.",
    example: [
      "machines: [web]",
      "instances:",
      "  sshd: { roles: { server: { machines: [web], settings: { generateRotKey: true } } } }",
    ],
    instead: [
      "machines: [web]",
      "instances:",
      "  sshd: { roles: { server: { machines: [web], settings: { generateRootKey: true } } } }",
    ],
  },
});
