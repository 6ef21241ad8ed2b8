# An inventory as a path, where Nix can look at its surroundings while it evaluates; else null.
# `self` and `self + "/inventory.yaml"` stand for paths; the output of a derivation would have to
# be built first, and a file alone in the store has no surroundings.
src:
let
  isBuilt = builtins.any (context: context ? outputs || context ? allOutputs) (
    builtins.attrValues (builtins.getContext src)
  );
  path =
    if builtins.isPath src then
      src
    else if builtins.isAttrs src && src.type or null != "derivation" then
      import ./path-of.nix src.outPath
    else if builtins.isString src && builtins.substring 0 1 src == "/" && !isBuilt then
      /. + builtins.unsafeDiscardStringContext src
    else
      null;
  isAlone = toString (dirOf path) == builtins.storeDir && import ./folder-of.nix path != path;
in
if path == null || isAlone then null else path
