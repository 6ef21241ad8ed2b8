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
  # Whether what relative paths lead to can be looked for.
  hasFiles,
  ...
}:
let
  path = import ./path-of.nix src;
  unlessNull = name: value: if value == null then { } else { ${name} = value; };

  functions = import ./evaluator-functions.nix;

  # A file of a derivation is there only once Nix has been asked for it.
  built =
    file:
    builtins.seq (functions.readFileType "${file}") (
      /. + builtins.unsafeDiscardStringContext "${file}"
    );

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
      { src = built src; };
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
        hasFiles
        functions
        ;
      services = map (
        catalogue:
        toString (if builtins.isPath catalogue || catalogue == "none" then catalogue else built catalogue)
      ) services;
    }
  )
