# The inventory that YAML or JSON means, as a value: it is compiled while Nix
# evaluates (import from derivation).
#
#   inventory = importInventory {
#     src = ./inventory.yaml;
#     args = { inherit self; };
#     inherit runner;
#   };
#
# Takes what `compile` takes, and:
#   root  where relative paths in the inventory resolve; the folder of `src`, unless it is built
#   args  what references in the inventory begin with: `self`, `inputs`, …
{
  src,
  root ?
    let
      path = import ./path-of.nix src;
    in
    if path == null then
      throw "importInventory: 'root' is needed for relative paths, because 'src' is built"
    else
      import ./folder-of.nix path,
  args ? { },
  ...
}@arguments:
let
  compile = import ./compile.nix;
  inventory = import (
    compile (
      removeAttrs arguments [
        "root"
        "args"
      ]
    )
  );
in
if builtins.isFunction inventory then inventory (args // { inherit root; }) else inventory
