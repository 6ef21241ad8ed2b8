# The services of a checkout of clan-core, with all that their modules say of them, evaluated with
# nothing but its own `lib` and that of nixpkgs (the folder that holds `lib`).
{
  clanCore,
  nixpkgs,
  # The checkout whose `lib` makes the schemas: with the same for all, they differ only where the
  # options do.
  converter ? clanCore,
}:
let
  lib = import (/. + nixpkgs + "/lib");
  root = /. + clanCore;

  clanLib = libOf root;
  inherit ((libOf (/. + converter)).jsonschema) fromModule;

  libOf =
    folder:
    let
      make = import (folder + "/lib");
      # Older ones ask for the flake, which no service needs.
      needsFlake = lib.functionArgs make ? self;
    in
    make ({ inherit lib; } // lib.optionalAttrs needsFlake { self = { }; });

  services = lib.filterAttrs (
    name: kind: kind == "directory" && builtins.pathExists (root + "/clanServices/${name}/default.nix")
  ) (builtins.readDir (root + "/clanServices"));

  # A service that has moved is a module that throws where to.
  exportService =
    name:
    let
      text = builtins.readFile (root + "/clanServices/${name}/default.nix");
      moved = builtins.match "throw ''(.*)''\n" text;
    in
    if moved == null then exportModule name else { moved = builtins.head moved; };

  exportModule =
    name:
    let
      inherit
        (clanLib.evalService {
          modules = [ (moduleOf name) ];
          prefix = [ name ];
        })
        config
        ;
      inherit (config) manifest;
      constraints = manifest.constraints or { };
      readme = root + "/clanServices/${name}/README.md";
    in
    {
      inherit (manifest) description;
      categories = manifest.categories or [ ];
      readme = if builtins.pathExists readme then builtins.readFile readme else "";
      maxInstances = constraints.maxInstances or null;
      roles = lib.mapAttrs (role: value: {
        description = value.description or null;
        minMachines = constraints.roles.${role}.minMachines or null;
        maxMachines = constraints.roles.${role}.maxMachines or null;
        schema = schemaOf value.interface;
        options = optionsOf value.interface;
      }) config.roles;
    };

  # Some modules are functions to modules, of packages that no interface asks for.
  moduleOf =
    name:
    let
      folder = root + "/clanServices/${name}";
      file = folder + "/default.nix";
      isApplied = lib.hasInfix "importApply ./default.nix" (
        builtins.readFile (folder + "/flake-module.nix")
      );
    in
    if isApplied then
      lib.modules.importApply file (lib.mapAttrs (_: _: { }) (lib.functionArgs (import file)))
    else
      file;

  schemaOf = fromModule {
    typePrefix = "";
    input = true;
    output = false;
    specialArgs.meta = { };
  };

  # What the documentation of options says beside their schema.
  optionsOf =
    interface:
    let
      inherit
        (lib.evalModules {
          modules = [ interface ];
          specialArgs.meta = { };
        })
        options
        ;
      documented = lib.optionAttrSetToDocList (removeAttrs options [ "_module" ]);
    in
    map (option: {
      inherit (option) loc type;
      default = option.default.text or null;
      example = option.example.text or null;
    }) (lib.filter (option: option.visible && !option.internal) documented);
in
lib.mapAttrs (name: _: exportService name) services
