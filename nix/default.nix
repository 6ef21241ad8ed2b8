# The functions for use without a flake: `import ./nix`. They need no nixpkgs.
{
  compile = import ./compile.nix;
  importInventory = import ./import-inventory.nix;
  runners = import ./runners.nix;
}
