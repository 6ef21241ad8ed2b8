# A flake-parts module for a flake that commits what its inventory compiles to:
# `nix run .#inventory` writes the output, `nix flake check` says whether it is current.
#
#   imports = [ inputs.inventory2nix.flakeModules.default ];
#   clan.inventory = import ./inventory.nix { inherit self; };
#
# The output is read like any other file: nothing is built while Nix evaluates.
{ commandOn, checkCurrent }:
{
  config,
  lib,
  flake-parts-lib,
  self,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.inventory2nix;
in
{
  # Two modules that both import this one mean the same options.
  key = toString ./flake-module.nix;

  options = {
    inventory2nix = {
      src = mkOption {
        type = types.path;
        default = self;
        defaultText = lib.literalExpression "self";
        description = "The folder that holds the inventory and the output.";
      };
      sources = mkOption {
        type = types.nonEmptyListOf types.str;
        default = [ "inventory.yaml" ];
        example = [ "inventory" ];
        description = "Files of the inventory, and folders of such files, relative to the root of the flake.";
      };
      output = mkOption {
        type = types.str;
        default = "inventory.nix";
        description = "The generated file, relative to the root of the flake.";
      };
      flags = mkOption {
        type = types.listOf types.str;
        default = [ ];
        example = [
          "--emit=declared"
          "--deny-warnings"
        ];
        description = "What else is given to `inventory2nix compile`.";
      };
    };

    perSystem = flake-parts-lib.mkPerSystemOption (
      {
        config,
        pkgs,
        system,
        ...
      }:
      let
        inherit (config.inventory2nix) package;
      in
      {
        options.inventory2nix.package = mkOption {
          type = types.package;
          default = commandOn system;
          defaultText = lib.literalExpression "inputs'.inventory2nix.packages.inventory2nix";
          description = "The compiler.";
        };

        config = {
          checks.inventory =
            checkCurrent
              {
                inherit lib;
                inherit (pkgs) runCommand;
                inventory2nix = package;
              }
              {
                inherit (cfg)
                  src
                  sources
                  output
                  flags
                  ;
              };

          apps.inventory = {
            program = pkgs.writeShellApplication {
              name = "write-inventory";
              runtimeInputs = [ package ];
              text = ''
                inventory2nix compile ${
                  lib.escapeShellArgs (cfg.flags ++ [ "--output=${cfg.output}" ])
                } "$@" -- ${lib.escapeShellArgs cfg.sources}
              '';
            };
            meta.description = "Compile the inventory to ${cfg.output}";
          };
        };
      }
    );
  };
}
