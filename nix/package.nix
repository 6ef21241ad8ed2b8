# The npm package: the command, the library, and the schema.
{
  lib,
  buildNpmPackage,
  importNpmLock,
}:
let
  inherit (lib.importJSON ../package.json) version description;
in
buildNpmPackage {
  pname = "inventory2nix";
  inherit version;

  src = import ./sources.nix { inherit lib; };

  # The lock file has the hashes of all dependencies, so that none is needed here.
  npmDeps = importNpmLock {
    npmRoot = ../.;
    packageLock = import ./package-lock.nix { inherit lib; };
  };
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
    inherit description;
    license = lib.licenses.mit;
    mainProgram = "inventory2nix";
  };
}
