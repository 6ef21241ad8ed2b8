# As much of clan-core as the templates touch. Its `clan` has no machines, but looks at all that
# the modules define.
{
  inputs.nixpkgs.url = "flake:nixpkgs";

  outputs =
    { nixpkgs, ... }:
    {
      lib.clan =
        {
          self,
          imports ? [ ],
          ...
        }:
        let
          load =
            module:
            let
              content = import module;
            in
            if builtins.isFunction content then content { inherit self; } else content;
          definitions = map load imports;
        in
        {
          config = {
            nixosConfigurations = builtins.deepSeq definitions { };
            nixosModules = { };
            clanInternals = { };
          };
        };

      packages = builtins.mapAttrs (_: pkgs: {
        clan-cli = pkgs.mkDerivation { name = "clan-cli"; };
      }) nixpkgs.legacyPackages;
    };
}
