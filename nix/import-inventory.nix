# The inventory that YAML or JSON means, as a value that is imported from what `compile` builds
# (import from derivation). `root` and `args` are those of `readInventory`.
{ root, args }:
options:
let
  inventory = import (import ./compile.nix options);

  given = args // {
    inherit root;
  };
  needed = builtins.functionArgs inventory;
  missing = builtins.filter (name: !needed.${name} && !(given ? ${name})) (builtins.attrNames needed);
in
if !builtins.isFunction inventory then
  inventory
else if missing != [ ] then
  throw "the inventory refers to '${builtins.head missing}', but 'args' has no '${builtins.head missing}'"
else
  inventory given
