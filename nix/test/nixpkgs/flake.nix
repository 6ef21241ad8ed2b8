# As much of nixpkgs as this project's flake and templates touch, and as strict where they
# depend on it. It builds nothing: `nix flake check --no-build` is what it is for.
{
  outputs =
    { self }:
    {
      lib = import ./lib.nix;
      legacyPackages =
        self.lib.genAttrs
          [
            "x86_64-linux"
            "aarch64-linux"
            "aarch64-darwin"
            # None of the flake's own.
            "x86_64-darwin"
          ]
          (
            system:
            import ./packages.nix {
              inherit system;
              inherit (self) lib;
            }
          );
    };
}
