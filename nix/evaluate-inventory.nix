# The inventory that YAML or JSON means, as a value that the compiler makes inside Nix's
# evaluator: nothing is built, and no file is generated. Takes what `readInventory` takes.
{
  # `builtins.wasm`, and the compiler as a module for it.
  wasm,
  module,

  src,
  text,
  root,
  args,
  emit,
  services,
  clanCoreInput,
  clanCore,
  knownMachines,
  inventoryJson,
  denyWarnings,
  severities,
}:
let
  path = import ./path-of.nix src;
  unlessNull = name: value: if value == null then { } else { ${name} = value; };

  functions = import ./evaluator-functions.nix;

  source =
    if src == null then
      { inherit text; }
    else if path != null then
      {
        src = path;
        project = import ./project-of.nix path;
      }
    else if builtins.isPath src then
      { inherit src; }
    else
      {
        # A file of a derivation is there only once Nix has been asked for it.
        src = builtins.seq (functions.readFileType "${src}") (
          /. + builtins.unsafeDiscardStringContext "${src}"
        );
      };
in
wasm
  {
    path = module;
    function = "compile";
  }
  (
    source
    // unlessNull "clanCoreInput" clanCoreInput
    // unlessNull "clanCore" clanCore
    // unlessNull "knownMachines" knownMachines
    // {
      inherit
        root
        args
        emit
        inventoryJson
        denyWarnings
        severities
        functions
        ;
      services = map toString services;
    }
  )
