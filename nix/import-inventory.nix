# The inventory that YAML or JSON means, as a value that is imported from what `compile` builds
# (import from derivation). `root` and `args` are those of `readInventory`.
{ root, args }:
arguments:
let
  inventory = import (import ./compile.nix arguments);
in
if builtins.isFunction inventory then inventory (args // { inherit root; }) else inventory
