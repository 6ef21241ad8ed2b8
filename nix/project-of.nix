# The folder of the project that an inventory belongs to, whose folders in `machines/` Clan takes
# for machines: the one of the nearest `flake.nix` upward from the inventory, else of the nearest
# `.git`, else the one that holds the inventory. The command looks in the same place.
inventory:
let
  # Beside a folder of the store is nothing of its project.
  isTop = folder: dirOf folder == folder || toString (dirOf folder) == builtins.storeDir;

  nearest =
    name: folder:
    if builtins.pathExists (folder + "/${name}") then
      [ folder ]
    else if isTop folder then
      [ ]
    else
      nearest name (dirOf folder);

  start = import ./folder-of.nix inventory;
in
builtins.head (
  nearest "flake.nix" start
  ++ nearest ".git" start
  ++ [ (if isTop inventory then inventory else dirOf inventory) ]
)
