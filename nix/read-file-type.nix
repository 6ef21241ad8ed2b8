# `builtins.readFileType`. Nix before 2.14 has to ask the folder above, by a name that is no path.
builtins.readFileType or (
  path:
  let
    name = builtins.unsafeDiscardStringContext (baseNameOf path);
  in
  if dirOf path == path then "directory" else (builtins.readDir (dirOf path)).${name}
)
