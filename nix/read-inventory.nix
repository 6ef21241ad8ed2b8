# The inventory that YAML or JSON means, as a value.
#
#   inventory = readInventory {
#     src = ./inventory.yaml;
#     args = { inherit self; };
#   };
#
# With `builtins.wasm` the compiler runs inside Nix's evaluator, and nothing is built. Without it,
# a `runner` builds the Nix file that is then imported (import from derivation).
{
  # A file, or a folder whose .yaml, .yml and .json files are parts of one inventory; or else a text.
  src ? null,
  text ? null,
  # Where relative paths in the inventory resolve: the folder of `src`, unless it is built.
  root ? null,
  # What references in the inventory begin with: `self`, `inputs`, …
  args ? { },

  # As `compile` takes them.
  emit ? "resolved",
  services ? [ ],
  clanCoreInput ? null,
  clanCore ? null,
  knownMachines ? null,
  inventoryJson ? true,
  denyWarnings ? false,
  severities ? [ ],
  # Raw Nix needs the generated file, and so a runner.
  allowNix ? false,

  # The compiler as a module for `builtins.wasm`, which `npm run build:component` makes.
  module ? ../dist/inventory2nix.nix.wasm,

  # For import from derivation: what runs the compiler, on which platform, and a POSIX shell there.
  runner ? null,
  system ? builtins.currentSystem,
  shell ? "/bin/sh",
}:
let
  path = if src == null then null else import ./path-of.nix src;
  folder = if path == null then null else import ./folder-of.nix path;

  options = import ./check-options.nix "readInventory" {
    inherit
      src
      text
      args
      emit
      services
      clanCoreInput
      clanCore
      knownMachines
      inventoryJson
      denyWarnings
      severities
      allowNix
      runner
      system
      ;
    root =
      if root != null then
        root
      else if folder != null then
        folder
      else
        throw "readInventory: relative paths in the inventory need a 'root', because its folder is not known";
  };

  hasWasm = builtins ? wasm;
  hasModule = builtins.pathExists module;

  evaluated = import ./evaluate-inventory.nix (
    options
    // {
      inherit (builtins) wasm;
      inherit module;
      # Warnings of missing files are about the folder of the inventory.
      hasFiles = path != null && options.root == folder;
    }
  );

  imported = import ./import-inventory.nix { inherit (options) root args; } (
    removeAttrs options [
      "root"
      "args"
    ]
    // {
      inherit shell;
    }
  );

  reason =
    if hasWasm && hasModule then
      "'allowNix' needs a generated file, which no 'runner' builds"
    else if hasWasm then
      "the compiler's module for 'builtins.wasm' is not at ${toString module}"
    else
      "this Nix has no 'builtins.wasm' to run the compiler in, and no 'runner' builds the inventory";
  remedies = [
    "give 'system' (without the flake: 'runner'), so that Nix builds the inventory before it goes on"
    "commit what 'inventory2nix inventory.yaml -o inventory.nix' writes, and import that file"
  ]
  ++ (
    if options.allowNix then
      [ ]
    else
      [
        ''
          use a Nix with 'builtins.wasm': Determinate Nix with 'extra-experimental-features = wasm-builtin'
            in nix.conf, and 'module = …/inventory2nix.nix.wasm', which 'npm run build:component' makes''
      ]
  );
in
if hasWasm && hasModule && !options.allowNix then
  evaluated
else if options.runner != null then
  imported
else
  throw "readInventory: ${reason}.\nDo one of these:\n- ${builtins.concatStringsSep "\n- " remedies}"
