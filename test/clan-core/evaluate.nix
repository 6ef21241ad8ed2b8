# What the real Clan makes of inventories, evaluated with nothing but its own
# `lib` and that of nixpkgs (the folder that holds `lib`).
#
# `folder` holds cases.json, a list of `{ known, source, outputs }`: machines
# declared elsewhere with their class, the JSON file of Clan's own inventory, and
# the files of outputs without their endings .nix and .json, by mode.
{
  clanCore,
  nixpkgs,
  folder ? "/var/empty",
}:
let
  lib = import (/. + nixpkgs + "/lib");
  core = /. + clanCore;
  services = import ./services.nix { inherit lib; };

  coreServices = lib.mapAttrs (name: _: core + "/clanServices/${name}/default.nix") (
    lib.filterAttrs (_: type: type == "directory") (builtins.readDir (core + "/clanServices"))
  );

  # Services that random fleets use.
  comparedServices = lib.getAttrs [
    "borgbackup"
    "localbackup"
    "sshd"
    "users"
    "wireguard"
    "zerotier"
  ] coreServices;

  clanLib = lib.fix (
    lib.extends (_: _: {
      clan = import (core + "/lib/clan") {
        inherit lib;
        clan-core = flake;
      };
    }) (import (core + "/lib") { inherit lib; }).__unfix__
  );

  # As much of the flake clan-core as the evaluation of settings touches.
  flake = {
    inherit clanLib;
    lib = clanLib;
    modules.clan.default = import (core + "/modules/clan") { clan-core = flake; };
    clan = {
      modules = coreServices;
      deprecatedModules = [ ];
      templates = { };
    };
    inputs = {
      nixpkgs = { inherit lib; };
      nix-darwin = { };
    };
  };

  # Role -> JSON Schema of its settings, for each service.
  schemas = lib.mapAttrs (
    _: module:
    (clanLib.evalService {
      modules = [ module ];
      prefix = [ ];
    }).config.result.api.schema
  ) (comparedServices // { inherit (services) typed; });

  results = map (
    {
      known,
      source,
      outputs,
    }:
    let
      expected = fleet known (read source);
      members = lib.attrNames expected.members;
      compareOutput =
        _: name:
        let
          output = read "${name}.nix";
        in
        differences expected (fleet known output) ++ differ "as JSON" output (read "${name}.json");
    in
    {
      members = lib.length members;
      refused = lib.filter (member: expected.members.${member} == null) members;
      differences = lib.mapAttrs compareOutput outputs;
    }
  ) (lib.importJSON (folder + "/cases.json"));

  # What an inventory comes to: machines with their tags, instances with their
  # module, and the final settings of each member, null where Clan refuses them.
  fleet =
    known: source:
    let
      clan = clanOf known source;
      inherit (clan.config) inventory;
      ofServices =
        f:
        lib.foldl' lib.mergeAttrs { } (
          map (service: f service.instances) (lib.attrValues clan.config._services.allServices)
        );
    in
    {
      machines = lib.mapAttrs (
        _: machine: machine // { tags = lib.naturalSort machine.tags; }
      ) inventory.machines;
      modules = lib.mapAttrs (_: instance: instance.module) inventory.instances;
      members = ofServices (
        lib.concatMapAttrs (
          instanceName: instance:
          lib.concatMapAttrs (
            roleName: role:
            lib.mapAttrs' (
              machineName: machine:
              lib.nameValuePair "${instanceName}.${roleName}.${machineName}" (
                settled machine.finalSettings.config
              )
            ) role.machines
          ) instance.roles
        )
      );
    };

  clanOf =
    known: source:
    clanLib.clan {
      self.inputs.clan-core = flake;
      # A folder that is not there: nothing is read from it.
      directory = "/var/empty/clan";
      meta.name = "fleet";
      modules = services;
      imports = [
        { inventory = source; }
        { inventory.machines = lib.mapAttrs (_: machineClass: { inherit machineClass; }) known; }
      ];
    };

  # The final settings of one machine in the roles that it has, which is what its configuration asks.
  oneMachine =
    { source, machine }:
    lib.concatMap (
      service:
      lib.concatMap (
        instance:
        lib.concatMap (
          role: lib.optional (role.machines ? ${machine}) role.machines.${machine}.finalSettings.config
        ) (lib.attrValues instance.roles)
      ) (lib.attrValues service.instances)
    ) (lib.attrValues (clanOf { } (read source)).config._services.allServices);

  # Everything that an inventory says, of which nothing that Clan refuses is passed over.
  everything =
    { source }:
    let
      inherit (clanOf { } (read source)) config;
    in
    {
      # Reading this asserts that no removed option is used.
      machines = lib.seq config.clanInternals.inventoryClass.inventorySerialization config.inventory.machines;
      settings = lib.mapAttrs (
        _: service:
        lib.mapAttrs (
          _: instance:
          lib.mapAttrs (
            _: role: lib.mapAttrs (_: machine: machine.finalSettings.config) role.machines
          ) instance.roles
        ) service.instances
      ) config._services.allServices;
    };

  read =
    file:
    if lib.hasSuffix ".json" file then
      lib.importJSON (folder + "/${file}")
    else
      let
        value = import (/. + "${folder}/${file}");
      in
      if lib.isFunction value then value { root = "/"; } else value;

  settled =
    settings:
    let
      result = builtins.tryEval (lib.deepSeq settings settings);
    in
    if result.success then { settings = result.value; } else null;

  differences =
    expected: actual:
    lib.concatMap (part: differ part expected.${part} actual.${part}) [
      "machines"
      "modules"
      "members"
    ];

  differ =
    where: expected: actual:
    if lib.isAttrs expected && lib.isAttrs actual && lib.attrNames expected == lib.attrNames actual then
      lib.concatMap (name: differ "${where} ${name}" expected.${name} actual.${name}) (
        lib.attrNames expected
      )
    else if same expected actual then
      [ ]
    else
      [ "${where}: ${shown expected} became ${shown actual}" ];

  shown = value: if value == null then "a refusal, or null," else builtins.toJSON value;

  # As ==, but 1 and 1.0 differ.
  same =
    a: b:
    builtins.typeOf a == builtins.typeOf b
    && (
      if lib.isAttrs a then
        lib.attrNames a == lib.attrNames b && lib.all (name: same a.${name} b.${name}) (lib.attrNames a)
      else if lib.isList a then
        lib.length a == lib.length b && lib.all lib.id (lib.zipListsWith same a b)
      else
        a == b
    );
in
{
  inherit
    everything
    fleet
    oneMachine
    results
    schemas
    ;
}
