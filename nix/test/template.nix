# What the real Clan makes of the template `committed`: the final settings of its
# machines, and the modules that `extraModules` brings into them.
#
#   nix-instantiate --eval --strict nix/test/template.nix \
#     --argstr clanCore CHECKOUT-OF-CLAN-CORE --argstr nixpkgs FOLDER-THAT-HOLDS-LIB
#
# Evaluates to true, or says what is not as the template's inventory.yaml has it.
{
  clanCore,
  nixpkgs,
  template ? ../templates/committed,
}:
let
  lib = import (/. + nixpkgs + "/lib");
  core = /. + clanCore;

  clanLib = lib.fix (
    lib.extends (_: _: {
      clan = import (core + "/lib/clan") {
        inherit lib;
        clan-core = inputs.clan-core;
      };
    }) (import (core + "/lib") { inherit lib; }).__unfix__
  );

  # As much of each flake as the evaluation of settings and imports touches.
  inputs = {
    inherit self;
    nixpkgs = { inherit lib; };
    clan-core = {
      inherit clanLib;
      lib = clanLib;
      modules.clan.default = import (core + "/modules/clan") { inherit (inputs) clan-core; };
      clan = {
        modules = lib.genAttrs [
          "borgbackup"
          "sshd"
          "users"
        ] (name: core + "/clanServices/${name}/default.nix");
        deprecatedModules = [ ];
        templates = { };
      };
      inputs = {
        inherit (inputs) nixpkgs;
        nix-darwin = { };
      };
    };
    inventory2nix = { };
  };

  # As Nix calls a flake.
  self = (import (template + "/flake.nix")).outputs inputs // {
    inputs = removeAttrs inputs [ "self" ];
    outPath = toString template;
  };

  inherit (self.clan) _services;

  settings =
    instance: role: machine:
    let
      services = lib.filter (service: service.instances ? ${instance}) (
        lib.attrValues _services.allServices
      );
    in
    (lib.head services).instances.${instance}.roles.${role}.machines.${machine}.finalSettings.config;

  # A machine's part from services, with room for all options of NixOS.
  configuration =
    machine:
    (lib.evalModules {
      class = "nixos";
      modules = self.clan.clanInternals.inventoryClass.machines.${machine}.machineImports ++ [
        {
          freeformType = with lib.types; lazyAttrsOf (lazyAttrsOf anything);
          config._module.args.pkgs = { };
        }
      ];
    }).config;

  equal =
    what: actual: expected:
    actual == expected
    || throw "${what}: expected ${builtins.toJSON expected}, not ${builtins.toJSON actual}";
in
assert equal "machines" (lib.attrNames self.clan.inventory.machines) [
  "backup-box"
  "laptop"
  "server"
];
assert equal "meta" self.clan.inventory.meta.name "my-clan";
assert equal "a field of a machine" self.clan.inventory.machines.server.deploy.targetHost
  "root@server";
assert equal "sshd" (settings "sshd" "server" "laptop").authorizedKeys {
  admin = "PASTE_YOUR_KEY_HERE";
};
assert equal "users" (settings "user-root" "default" "server").user "root";
assert equal "users" (settings "user-root" "default" "server").prompt true;
assert equal "borgbackup, by two tags" (settings "borgbackup" "client" "laptop").exclude [
  "*.iso"
  "*.tmp"
];
assert equal "borgbackup, forced by a tag" (settings "borgbackup" "client" "laptop").startAt
  "12:30";
assert equal "borgbackup, from the role" (settings "borgbackup" "client" "server").startAt "03:00";
assert equal "the flake's service" (settings "welcome" "default" "backup-box").message
  "Managed by Clan: see inventory.yaml";
assert equal "what the flake's service does" (configuration "laptop").users.motd
  "Managed by Clan: see inventory.yaml";
assert equal "a module by path" (configuration "laptop").clan.core.state.home.folders [ "/home" ];
assert equal "a module by path, where the role is not" (
  configuration "backup-box" ? clan.core.state.home
) false;
assert equal "a module by reference" (configuration "server").programs.zsh.enable true;
assert equal "an inline module" (configuration "server").programs.git.enable true;
true
