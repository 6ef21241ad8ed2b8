# The folder of an inventory: itself, or the one that its file is in.
src:
let
  # Nix before 2.14 has to ask the folder above.
  readFileType = builtins.readFileType or (path: (builtins.readDir (dirOf path)).${baseNameOf path});
in
if readFileType src == "directory" then src else dirOf src
