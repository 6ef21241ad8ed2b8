# The functions for use without the flake; they need no nixpkgs.
#
#   let
#     inventory2nix = import "${sources.inventory2nix}/nix";
#   in
#   inventory2nix.readInventory {
#     src = ./inventory.yaml;
#     args = { inherit self; };
#     runner = inventory2nix.runners.wasmtime {
#       wasmtime = "${pkgs.wasmtime}/bin/wasmtime";
#       component = ./inventory2nix.wasm;
#     };
#   }
#
# With nixpkgs there are also the package and the check of a committed output:
#
#   command = pkgs.callPackage inventory2nix.package { };
#   check = pkgs.callPackage inventory2nix.checkCurrent { inventory2nix = command; } { src = ./.; };
{
  compile = import ./compile.nix;
  readInventory = import ./read-inventory.nix;
  runners = import ./runners.nix;

  package = import ./package.nix;
  component = import ./component.nix;
  checkCurrent = import ./check-current.nix;
}
