# Compiles an inventory while Nix evaluates, by the command under Node and by the
# component under wasmtime, and asks what came out of it. Builds the two outputs:
#
#   nix-build nix/test.nix --argstr node "$(readlink -f "$(command -v node)")" \
#     --argstr wasmtime "$(readlink -f "$(command -v wasmtime)")"
#
# Both programs are used where they are. Outside the store they are seen only by builds
# without sandbox, so this needs `sandbox = false`; the programs of a flake need no such thing.
{
  node ? null,
  wasmtime ? null,
  src ? ./test/fleet/inventory,
}:
let
  inherit (import ./.) compile readInventory runners;

  optional = isGiven: attributes: if isGiven then attributes else { };

  allRunners =
    optional (node != null) {
      node = runners.node { inherit node package; };
    }
    // optional (wasmtime != null) {
      wasmtime = runners.wasmtime {
        inherit wasmtime;
        component = ../dist/inventory2nix.wasm;
      };
    };

  # What of the npm package the command needs.
  package = builtins.path {
    name = "inventory2nix";
    path = ../.;
    filter =
      file: _:
      builtins.elem (baseNameOf file) [
        "bin.js"
        "clan-core.json"
        "dist"
        "inventory.schema.json"
        "package.json"
        "schema"
      ];
  };

  self.nixosModules.greeting = {
    environment.etc.greeting.text = "hello";
  };

  holds =
    runner:
    let
      inventory = readInventory {
        inherit src runner;
        args = { inherit self; };
      };
      inherit (inventory.instances.backup.roles) client server;
      greeting = inventory.instances.greeting.roles.default;
      settingsOf = role: machine: role.machines.${machine}.settings;
    in
    assert equal "machines" inventory.machines {
      laptop.tags = [ "mobile" ];
      server = { };
    };
    assert equal "members by tag, a folder in machines/ among them" (builtins.attrNames client.machines)
      [
        "kiosk"
        "laptop"
        "server"
      ];
    assert equal "members by computed tag" (builtins.attrNames server.machines) [
      "kiosk"
      "server"
    ];
    assert equal "lists of several tags" (settingsOf client "laptop").exclude [
      "*.iso"
      "*.tmp"
    ];
    assert equal "the value of highest priority" (settingsOf client "laptop").startAt {
      _type = "override";
      priority = 50;
      content = "12:30";
    };
    assert equal "the role's value" (settingsOf client "server").startAt "03:00";
    assert equal "a path" (settingsOf client "server").identity ./test/fleet/keys/backup.pub;
    assert equal "the text of a file" (settingsOf greeting "kiosk").text "ssh-ed25519 AAAA backup";
    assert equal "a reference" greeting.extraModules [ self.nixosModules.greeting ];
    assert equal "a string that looks like code" (settingsOf client "server").comment
      "\${builtins.readFile /etc/passwd}";
    compile { inherit src runner; };

  equal =
    what: actual: expected:
    actual == expected
    || throw "${what}: expected ${builtins.toJSON expected}, not ${builtins.toJSON actual}";

  outputs = builtins.mapAttrs (_: holds) allRunners;
in
assert
  outputs != { } || throw "give the path of a program: --argstr node PATH, --argstr wasmtime PATH";
outputs
