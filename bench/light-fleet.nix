# What a worker evaluates: a light configuration for each of its machines, made of nothing but the
# settings that the inventory gives them. Worker `index` of `count` takes every `count`-th machine.
{
  nixpkgs,
  inventory,
  index ? 0,
  count ? 1,
}:
let
  lib = import (nixpkgs + "/lib");
  fleet = import inventory;

  machines = lib.attrNames fleet.machines;
  mine = lib.filter (position: lib.mod position count == index) (
    lib.range 0 (lib.length machines - 1)
  );

  # A module for each role of the machine, with its settings under the name of the role.
  modulesOf =
    machine:
    lib.concatLists (
      lib.mapAttrsToList (
        instance:
        { roles, ... }:
        lib.concatLists (
          lib.mapAttrsToList (
            role:
            {
              machines ? { },
              ...
            }:
            lib.optional (machines ? ${machine}) {
              "${instance}-${role}" = machines.${machine}.settings or { };
            }
          ) roles
        )
      ) fleet.instances
    );

  configurationOf =
    machine:
    (lib.evalModules {
      modules = [ { freeformType = lib.types.lazyAttrsOf lib.types.anything; } ] ++ modulesOf machine;
    }).config;
in
lib.genAttrs (map (lib.elemAt machines) mine) (
  machine:
  builtins.unsafeDiscardStringContext
    (derivation {
      name = machine;
      system = "x86_64-linux";
      builder = "/bin/sh";
      settings = builtins.toJSON (configurationOf machine);
    }).drvPath
)
