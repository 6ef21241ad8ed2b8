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
  root ?
    let
      path = import ./path-of.nix src;
    in
    if src == null || path == null then
      throw "readInventory: relative paths in the inventory need a 'root', because its folder is not known"
    else
      import ./folder-of.nix path,
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
  hasWasm = builtins ? wasm;
  hasModule = builtins.pathExists module;

  evaluated = import ./evaluate-inventory.nix {
    inherit (builtins) wasm;
    inherit
      module
      src
      text
      root
      args
      emit
      services
      clanCoreInput
      clanCore
      knownMachines
      inventoryJson
      denyWarnings
      severities
      ;
  };

  imported = import ./import-inventory.nix { inherit root args; } {
    src = if src == null then builtins.toFile "text" text else src;
    inherit
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
      shell
      ;
  };

  reason =
    if hasWasm && hasModule then
      "'allowNix' needs a generated file, which no 'runner' builds"
    else if hasWasm then
      "the compiler's module for 'builtins.wasm' is not at ${toString module}"
    else
      "this Nix has no 'builtins.wasm' to run the compiler in, and no 'runner' builds the inventory";
in
if (src == null) == (text == null) then
  throw "readInventory: give either 'src', a file or a folder, or 'text'"
else if hasWasm && hasModule && !allowNix then
  evaluated
else if runner != null then
  imported
else
  throw ''
    readInventory: ${reason}.
    Do one of these:
    - give 'system' (without the flake: 'runner'), so that Nix builds the inventory before it goes on
    - commit what 'inventory2nix inventory.yaml -o inventory.nix' writes, and import that file
    - use a Nix with 'builtins.wasm': Determinate Nix with 'extra-experimental-features = wasm-builtin'
      in nix.conf, and 'module = …/inventory2nix.nix.wasm', which 'npm run build:component' makes''
