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
#   root  where relative paths in the inventory resolve; the folder of `src`, if that is a path
#   args  what references in the inventory begin with: `self`, `inputs`, …
{
  src,
  root ?
    if builtins.isPath src then
      import ./folder-of.nix src
    else
      throw "importInventory: 'root' must be given, because 'src' is no path",
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
