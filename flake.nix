{
  description = "Compile a Clan inventory, written in YAML or JSON, to Nix";

  inputs.nixpkgs.url = "https://nixos.org/channels/nixpkgs-unstable/nixexprs.tar.xz";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      eachSystem = f: lib.genAttrs systems (system: f (pkgsOn system));
      packagesOf = pkgs: self.packages.${pkgs.stdenv.hostPlatform.system};

      pkgsOn =
        system: nixpkgs.legacyPackages.${system} or (throw "inventory2nix: nixpkgs has no '${system}'");
      # On a system that nobody tries it on, it is what nixpkgs makes of it.
      commandOn =
        system:
        self.packages.${system}.inventory2nix or ((pkgsOn system).callPackage ./nix/package.nix { });

      plain = import ./nix;
      checkCurrent = import ./nix/check-current.nix;

      # What runs the functions of `nix/` on a system: the command of this flake.
      runnerOn = system: {
        runner = {
          program = lib.getExe (commandOn system);
          args = [ ];
        };
        shell = (pkgsOn system).runtimeShell;
      };

      templatesIn = folder: {
        committed = {
          path = folder + "/committed";
          description = "A Clan with its inventory in YAML, the generated Nix beside it, and a check that it is current";
        };
        import = {
          path = folder + "/import";
          description = "A Clan with its inventory in YAML, compiled while Nix evaluates";
        };
      };
    in
    {
      packages = eachSystem (pkgs: rec {
        default = inventory2nix;
        inventory2nix = pkgs.callPackage ./nix/package.nix { };
        component = pkgs.callPackage ./nix/component.nix { inherit inventory2nix; };
      });

      overlays.default = final: _: {
        inventory2nix = final.callPackage ./nix/package.nix { };
        inventory2nix-component = final.callPackage ./nix/component.nix { };
      };

      # Each takes the `system` of the machine that builds, besides what nix/*.nix say.
      lib = {
        inherit (plain) runners;
        compile = { system, ... }@arguments: plain.compile (runnerOn system // arguments);
        # The only one that may do without, where Nix has `builtins.wasm`.
        readInventory =
          arguments:
          plain.readInventory (
            lib.optionalAttrs (arguments ? system) (runnerOn arguments.system) // arguments
          );
        checkCurrent =
          { system, ... }@arguments:
          checkCurrent {
            inherit lib;
            inherit (pkgsOn system) runCommand;
            inventory2nix = commandOn system;
          } (removeAttrs arguments [ "system" ]);
      };

      flakeModules.default = lib.modules.importApply ./nix/flake-module.nix {
        inherit commandOn checkCurrent;
      };

      # For `nix flake init`.
      templates =
        let
          templates = builtins.mapAttrs (
            _: template:
            template
            // {
              welcomeText = ''
                Say in `flake.nix` where inventory2nix is, and in `clan.nix` what your Clan is
                called. The inventory is `inventory.yaml`.
              '';
            }
          ) (templatesIn ./nix/templates);
        in
        templates // { default = templates.committed; };

      # For `clan init`: the same, with placeholders for the Clan's name and domain.
      clan.templates.clan = templatesIn ./nix/templates/clan;

      apps = eachSystem (pkgs: {
        default = {
          type = "app";
          program = lib.getExe (packagesOf pkgs).inventory2nix;
          meta.description = "Compile a Clan inventory to Nix";
        };
      });

      # What working on the project needs, but for a browser.
      devShells = eachSystem (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.actionlint
            pkgs.nixfmt
            pkgs.nodejs
            pkgs.python3
            pkgs.wasmtime
          ];
        };
      });

      formatter = eachSystem (pkgs: pkgs.nixfmt-tree);

      checks = eachSystem (
        pkgs:
        let
          inherit (pkgs.stdenv.hostPlatform) system;
          inherit (packagesOf pkgs) inventory2nix component;
          compiledBy =
            arguments:
            self.lib.compile (
              {
                inherit system;
                src = ./nix/test/fleet/inventory;
              }
              // arguments
            );
        in
        {
          inherit inventory2nix component;

          template = self.lib.checkCurrent {
            inherit system;
            src = ./nix/templates/committed;
          };
          template-for-clan = self.lib.checkCurrent {
            inherit system;
            src = ./nix/templates/clan/committed;
          };

          # The component under wasmtime writes what the command does.
          runners =
            let
              byCommand = compiledBy { };
              byComponent = compiledBy {
                runner = plain.runners.wasmtime {
                  wasmtime = lib.getExe pkgs.wasmtime;
                  component = "${component}/lib/inventory2nix.wasm";
                };
              };
            in
            pkgs.runCommand "runners-agree" { } ''
              cmp ${byCommand} ${byComponent}
              touch $out
            '';

          formatting = pkgs.runCommand "nix-is-formatted" { nativeBuildInputs = [ pkgs.nixfmt ]; } ''
            nixfmt --check ${./flake.nix} $(find ${./nix} -name '*.nix')
            touch $out
          '';
        }
      );
    };
}
