/** The YAML tags of special forms; in JSON `!path x` is `{"$path": x}`. */
export const formTags: readonly string[] = [
  "!path",
  "!fileContents",
  "!ref",
  "!nix",
  "!mkForce",
  "!mkDefault",
  "!mkOverride",
  "!mkBefore",
  "!mkAfter",
  "!mkOrder",
];
