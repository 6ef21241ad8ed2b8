# Whether the fleets of two goldens mean to the real Clan what the same fleets written in Nix mean; run
# by hand, because it needs checkouts:
#
#     nix-instantiate --eval --strict --json test/clan-core/fleets.nix \
#       --argstr clanCore CLAN_CORE --argstr nixpkgs NIXPKGS
{
  clanCore,
  nixpkgs,
}:
let
  lib = import (/. + nixpkgs + "/lib");
  inherit (import ./evaluate.nix { inherit clanCore nixpkgs; }) fleet;

  self = {
    domain = "hearth.example";
    guests = [ "guest" ];
  };

  compare =
    name:
    let
      args = {
        inherit self lib;
        root = ../../golden + "/fleet-${name}";
      };
      call = file: if builtins.isFunction file then file args else file;
      output = call (import (../../golden + "/fleet-${name}/expected.nix"));
      inNix = call (import (./fleets + "/${name}.nix"));
      # Resolved output names machines for what the source assigns by tag.
      modulesOf = inventory: lib.mapAttrs (_: { roles, ... }: rolesModules roles) inventory.instances;
      rolesModules = lib.mapAttrs (_: role: role.extraModules or [ ]);
    in
    {
      sameFleet = fleet { } output == fleet { } inNix;
      sameModules = modulesOf output == modulesOf inNix;
      members = lib.attrNames (fleet { } output).members;
    };
in
lib.genAttrs [ "six-files" "folder-of-modules" ] compare
