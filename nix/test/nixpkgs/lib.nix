let
  lib = {
    genAttrs =
      names: f:
      builtins.listToAttrs (
        map (name: {
          inherit name;
          value = f name;
        }) names
      );

    optionalAttrs = condition: attributes: if condition then attributes else { };

    importJSON = path: builtins.fromJSON (builtins.readFile path);

    getExe = package: "${package}/bin/${package.meta.mainProgram}";

    escapeShellArg = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString text)}'";
    escapeShellArgs = arguments: builtins.concatStringsSep " " (map lib.escapeShellArg arguments);

    literalExpression = text: {
      _type = "literalExpression";
      inherit text;
    };

    licenses.mit.spdxId = "MIT";

    modules.importApply = path: arguments: {
      _file = path;
      imports = [ (import path arguments) ];
    };

    # A path that does not exist is a mistake here, too.
    fileset = {
      unions = map (
        path: if builtins.pathExists path then toString path else throw "no file ${toString path}"
      );
      toSource =
        { root, fileset }:
        let
          contains = folder: path: path == folder || startsWith "${folder}/" path;
          startsWith = start: text: builtins.substring 0 (builtins.stringLength start) text == start;
        in
        builtins.path {
          name = "source";
          path = root;
          filter = path: _: builtins.any (part: contains part path || contains path part) fileset;
        };
    };
  };
in
lib
