/** The YAML tags of special forms (SPEC 2.4); in JSON `!path x` is `{"$path": x}`. */
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
