# What a build sees of the project that an inventory belongs to: the inventory's files, the names of
# the folders in `machines/`, and `flake.lock`, which says what services are checked against. No other
# change means another build.
#
#   folder       in the store, laid out as the project is
#   operand      the inventory, relative to that: in diagnostics, the file's name to the user
#   hasMachines  whether there is a folder `machines`
#   hasInventoryJson  whether Clan reads an inventory.json beside it
inventory:
let
  project = import ./project-of.nix inventory;
  isFolder = import ./folder-of.nix inventory == inventory;
  hasMachines = (builtins.readDir project).machines or "" == "directory";

  # Clan looks beside flake.nix only.
  hasInventoryJson =
    builtins.pathExists (project + "/flake.nix")
    && (builtins.readDir project)."inventory.json" or "directory" != "directory"
    && operand != "inventory.json"
    && operand != ".";

  inProject =
    path:
    let
      start = builtins.stringLength (if project == /. then "/" else "${toString project}/");
    in
    builtins.substring start (-1) (toString path);

  operand = if inventory == project then "." else inProject inventory;

  isSource =
    file:
    if isFolder then
      dirOf file == operand && builtins.match ".*\\.(yaml|yml|json)" file != null
    else
      file == operand;
  holdsSource =
    folder: builtins.substring 0 (builtins.stringLength folder + 1) "${operand}/" == "${folder}/";
  isMachine = folder: folder == "machines" || dirOf folder == "machines";
in
{
  inherit operand hasMachines hasInventoryJson;
  folder = builtins.path {
    name = "inventory";
    path = project;
    filter =
      path: type:
      let
        entry = inProject path;
      in
      if type == "directory" then
        holdsSource entry || isMachine entry
      else
        isSource entry || entry == "flake.lock" || (hasInventoryJson && entry == "inventory.json");
  };
}
