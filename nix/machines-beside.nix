# The class of each machine that has a folder in `machines`, beside an inventory:
# Clan declares those by itself.
src:
let
  folder = import ./folder-of.nix src + "/machines";
  entries = if builtins.pathExists folder then builtins.readDir folder else { };
  isMachine = entry: entries.${entry} == "directory" && builtins.substring 0 1 entry != ".";
in
builtins.listToAttrs (
  map (name: {
    inherit name;
    value = "nixos";
  }) (builtins.filter isMachine (builtins.attrNames entries))
)
