{
  description = "A Clan with its inventory in YAML, compiled while Nix evaluates";

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
      inventory2nix,
      ...
    }@inputs:
    let
      clan = clan-core.lib.clan {
        inherit self;
        imports = [ ./clan.nix ];
        specialArgs = { inherit inputs; };

        inventory = inventory2nix.lib.readInventory {
          # Of the machines that evaluate this flake: without `builtins.wasm` they build the
          # inventory first.
          system = "x86_64-linux";
          src = ./inventory.yaml;
          args = { inherit self; };
        };
      };
    in
    {
      inherit (clan.config) nixosConfigurations nixosModules clanInternals;
      clan = clan.config;
    };
}
