# `builtins.readFileType`. Nix before 2.14 has to ask the folder above.
builtins.readFileType or (
  path: if dirOf path == path then "directory" else (builtins.readDir (dirOf path)).${baseNameOf path}
)
