# A check that a committed output is what its inventory compiles to. It fails with
# the difference, builds nothing while Nix evaluates, and so works with
# `allow-import-from-derivation = false`, too.
#
#   pkgs.callPackage "${sources.inventory2nix}/nix/check-current.nix" {
#     inventory2nix = pkgs.callPackage "${sources.inventory2nix}/nix/package.nix" { };
#   } { src = ./.; }
{
  lib,
  runCommand,
  inventory2nix,
}:
{
  # The folder that the command is run in, as a rule the flake: `self`, or `./.` without flakes.
  src,
  # Files and folders in it.
  sources ? [ "inventory.yaml" ],
  output ? "inventory.nix",
  # The other flags that the output is written with.
  flags ? [ ],
}:
let
  options = import ./check-options.nix "checkCurrent" { inherit sources output flags; };
  arguments =
    options.flags
    ++ [
      "--output=${options.output}"
      "--"
    ]
    ++ options.sources;
in
runCommand "inventory-is-current" { nativeBuildInputs = [ inventory2nix ]; } ''
  cd ${lib.escapeShellArg "${src}"}
  inventory2nix compile --check ${lib.escapeShellArgs arguments}
  touch $out
''
