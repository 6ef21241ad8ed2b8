# The fleet of golden/fleet-folder-of-modules as people write it in Nix.
{ root, lib, ... }:
let
  modules = map (name: root + "/modules/${name}") (
    lib.attrNames (
      lib.filterAttrs (name: type: type == "directory" || lib.hasSuffix ".nix" name) (
        builtins.readDir (root + "/modules")
      )
    )
  );
in
{
  machines.north.tags = [ "edge" ];
  machines.south.tags = [ "edge" ];
  instances = {
    common = {
      module.name = "importer";
      roles.default.tags.all = { };
      roles.default.extraModules = modules;
    };
    edge = {
      module.name = "importer";
      roles.default.tags.edge = { };
      roles.default.extraModules = [
        {
          imports = modules;
          services.openssh.enable = true;
        }
      ];
    };
  };
}
