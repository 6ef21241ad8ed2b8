{
  description = "A Clan with its inventory in YAML";

  inputs = {
    clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    nixpkgs.follows = "clan-core/nixpkgs";
    # Say where it is: "path:/home/me/inventory2nix" for a checkout, else its address.
    inventory2nix.url = "flake:inventory2nix";
    inventory2nix.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    {
      self,
      clan-core,
      nixpkgs,
      inventory2nix,
      ...
    }@inputs:
    let
      clan = clan-core.lib.clan {
        inherit self;
        imports = [ ./clan.nix ];
        specialArgs = { inherit inputs; };
      };
      eachSystem = nixpkgs.lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
    in
    {
      inherit (clan.config) nixosConfigurations clanInternals;
      clan = clan.config;

      nixosModules = clan.config.nixosModules // {
        shell = ./nixosModules/shell.nix;
      };

      # Fails, with the difference, while inventory.nix is not what inventory.yaml means.
      checks = eachSystem (system: {
        inventory = inventory2nix.lib.checkCurrent {
          inherit system;
          src = self;
        };
      });

      devShells = eachSystem (system: {
        default = nixpkgs.legacyPackages.${system}.mkShell {
          packages = [
            clan-core.packages.${system}.clan-cli
            inventory2nix.packages.${system}.default
          ];
        };
      });
    };
}
