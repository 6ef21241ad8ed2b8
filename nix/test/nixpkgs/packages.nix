{ lib, system }:
let
  # A derivation that holds what it is given, as `stdenv.mkDerivation` does.
  mkDerivation =
    arguments:
    derivation (
      {
        inherit system;
        builder = "/bin/sh";
        args = [
          "-c"
          "exit 1"
        ];
      }
      // removeAttrs arguments [
        "meta"
        "passthru"
      ]
    )
    // {
      meta = arguments.meta or { };
      overrideAttrs = change: mkDerivation (arguments // change arguments);
    };

  program =
    name:
    mkDerivation {
      inherit name;
      meta.mainProgram = name;
    };

  pkgs = {
    inherit lib mkDerivation;
    stdenv.hostPlatform = { inherit system; };
    runtimeShell = "/bin/sh";

    callPackage =
      path: arguments:
      let
        f = if builtins.isFunction path then path else import path;
      in
      f (builtins.intersectAttrs (builtins.functionArgs f) pkgs // arguments);

    runCommand =
      name: attributes: buildCommand:
      mkDerivation (attributes // { inherit name buildCommand; });

    writeShellApplication =
      {
        name,
        runtimeInputs ? [ ],
        text,
      }:
      mkDerivation {
        inherit name runtimeInputs text;
        meta.mainProgram = name;
      };

    mkShell =
      {
        packages ? [ ],
        inputsFrom ? [ ],
      }:
      mkDerivation {
        name = "nix-shell";
        inherit packages inputsFrom;
      };
  }
  // lib.genAttrs [
    "actionlint"
    "nixfmt"
    "nixfmt-tree"
    "nodejs"
    "python3"
    "wasmtime"
  ] program
  // import ./npm.nix { inherit lib mkDerivation; };
in
pkgs
