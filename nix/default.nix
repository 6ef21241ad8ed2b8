# The functions for use without the flake; they need no nixpkgs.
#
#   let
#     inventory2nix = import "${sources.inventory2nix}/nix";
#   in
#   inventory2nix.importInventory {
#     src = ./inventory.yaml;
#     args = { inherit self; };
#     runner = inventory2nix.runners.wasmtime {
#       wasmtime = "${pkgs.wasmtime}/bin/wasmtime";
#       component = ./inventory2nix.wasm;
#     };
#   }
{
  compile = import ./compile.nix;
  importInventory = import ./import-inventory.nix;
  runners = import ./runners.nix;
}
