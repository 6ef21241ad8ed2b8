# `check-current.nix` with as little of nixpkgs as it needs: a shell, and a command
# `inventory2nix` that runs the one in `dist/` under Node.
{ node, ... }@arguments:
let
  inventory2nix = derivation {
    name = "inventory2nix";
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [
      "-ec"
      ''
        /bin/mkdir -p $out/bin
        echo '#!/bin/sh' > $out/bin/inventory2nix
        echo 'exec ${node} ${toString ../../dist/bin.js} "$@"' >> $out/bin/inventory2nix
        /bin/chmod +x $out/bin/inventory2nix
      ''
    ];
  };

  runCommand =
    name:
    { nativeBuildInputs }:
    script:
    derivation {
      inherit name;
      system = builtins.currentSystem;
      builder = "/bin/sh";
      args = [
        "-ec"
        script
      ];
      PATH = "${builtins.concatStringsSep ":" (map (input: "${input}/bin") nativeBuildInputs)}:/bin";
    };
in
import ../check-current.nix {
  lib = import ./nixpkgs/lib.nix;
  inherit runCommand inventory2nix;
} (removeAttrs arguments [ "node" ])
