# The npm package: the command, the library, and the schema.
{
  lib,
  buildNpmPackage,
  importNpmLock,
}:
let
  manifest = lib.importJSON ../package.json;
in
buildNpmPackage {
  pname = "inventory2nix";
  inherit (manifest) version;

  src = import ./sources.nix { inherit lib; };

  # The lock file has the hashes of all dependencies (see complete-lock.js), so that none is
  # needed here.
  npmDeps = importNpmLock { npmRoot = ../.; };
  inherit (importNpmLock) npmConfigHook;

  # Packing would build once more, and print about it where the list of files is read from.
  npmPackFlags = [ "--ignore-scripts" ];

  doInstallCheck = true;
  installCheckPhase = ''
    runHook preInstallCheck
    $out/bin/inventory2nix check --deny-warnings golden/fleet-home/inventory.yaml
    runHook postInstallCheck
  '';

  meta = {
    inherit (manifest) description;
    license = lib.licenses.mit;
    mainProgram = "inventory2nix";
  }
  # The project's address, once it has one.
  // lib.optionalAttrs (manifest.homepage or "" != "") { inherit (manifest) homepage; };
}
