# Services that settings are tried on: one that takes anything, as the recorded
# results were made with, and one with options of the types that treat
# definitions in their own ways.
{ lib }:
let
  inherit (lib) mkOption types;

  json =
    types.nullOr (
      types.oneOf [
        types.bool
        types.int
        types.float
        types.str
        (types.attrsOf json)
        (types.listOf json)
      ]
    )
    // {
      description = "value";
    };

  option = type: default: mkOption { inherit type default; };

  group = {
    port = option (types.nullOr types.port) null;
    name = option types.str "";
    note = option types.lines "";
    list = option (types.listOf types.str) [ ];
    log.level = option (types.nullOr types.int) null;
  };
in
{
  free = {
    _class = "clan.service";
    manifest.name = "free";
    roles = lib.genAttrs [ "client" "default" "peer" "server" ] (_: {
      interface.freeformType = types.attrsOf json;
    });
  };

  typed = {
    _class = "clan.service";
    manifest.name = "typed";
    roles = lib.genAttrs [ "default" "peer" ] (_: {
      interface = {
        options = {
          nested = group;
          submodule = option (types.submodule { options = group; }) { };
          submodules = option (types.attrsOf (types.submodule { options = group; })) { };
          numbers = option (types.attrsOf types.int) { };
          lists = option (types.attrsOf (types.listOf types.str)) { };
          text = option types.str "";
          lines = option types.lines "";
          words = option (types.separatedString " ") "";
          list = option (types.listOf types.str) [ "default" ];
          number = option (types.nullOr types.int) null;
          choice = option (types.enum [
            "a"
            "b"
          ]) "a";
          either = option (types.either types.int (types.listOf types.int)) 0;
          flag = option types.bool false;
          # Defined by the service too, which the user's definitions must meet as they meet them in Clan.
          ownList = option (types.listOf types.str) [ ];
          ownText = option types.str "";
          ownMap = option (types.attrsOf types.str) { };
        };
        config = {
          ownList = [ "service" ];
          ownText = lib.mkDefault "service";
          ownMap = {
            a = lib.mkDefault "service";
            service = "service";
          };
        };
      };
    });
  };
}
