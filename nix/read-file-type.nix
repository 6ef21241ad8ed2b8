# `builtins.readFileType`. Nix before 2.14 has to ask the folder above.
builtins.readFileType or (path: (builtins.readDir (dirOf path)).${baseNameOf path})
