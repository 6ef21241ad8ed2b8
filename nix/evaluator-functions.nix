# What a module for `builtins.wasm` cannot do by itself.
rec {
  inherit (builtins) pathExists readDir;

  readFileType = import ./read-file-type.nix;

  fileSystem = /.;

  # Names and values in turns: for a module, the names in a set cost much.
  pairs =
    set:
    builtins.concatMap (name: [
      name
      set.${name}
    ]) (builtins.attrNames set);

  fail = text: throw text;

  append = root: path: root + path;

  # As the generated file has it: `inputs` are those of `self`, unless they are given.
  select =
    args: names:
    let
      available = (if args ? self.inputs then { inherit (args.self) inputs; } else { }) // args;
      missing =
        name:
        throw "the inventory refers to '${builtins.concatStringsSep "." names}', ${
          if available ? ${builtins.head names} then
            "but there is no '${name}'"
          else
            "but 'args' has no '${name}'"
        }";
    in
    builtins.foldl' (set: name: set.${name} or (missing name)) available names;

  # Texts, and references as lists of names.
  interpolate =
    args: parts:
    builtins.concatStringsSep "" (
      map (part: if builtins.isList part then "${select args part}" else part) parts
    );

  concat = builtins.concatLists;

  # The `.nix` files of a folder, and its folders that have a `default.nix`, by name.
  modulesIn =
    folder:
    let
      entries = builtins.readDir folder;
      isModule =
        name:
        if entries.${name} == "regular" then
          builtins.match ".*[.]nix" name != null
        else
          builtins.pathExists (folder + "/${name}/default.nix")
          || entries.${name} == "symlink" && builtins.match ".*[.]nix" name != null;
    in
    map (name: folder + "/${name}") (builtins.filter isModule (builtins.attrNames entries));

  # As `lib.fileContents`.
  fileContents =
    file:
    let
      text = builtins.readFile file;
      last = builtins.stringLength text - 1;
    in
    if text != "" && builtins.substring last 1 text == "\n" then
      builtins.substring 0 last text
    else
      text;
}
