# The compiler as a WebAssembly component: $out/lib/inventory2nix.wasm.
{ inventory2nix }:
inventory2nix.overrideAttrs (previous: {
  pname = "inventory2nix-component";

  preBuild = "npm run generate";
  npmBuildScript = "build:component";

  installPhase = ''
    runHook preInstall
    install -Dm444 -t $out/lib dist/inventory2nix.wasm
    runHook postInstall
  '';

  doInstallCheck = false;

  meta = removeAttrs previous.meta [ "mainProgram" ] // {
    description = "${previous.meta.description}, as a WebAssembly component";
  };
})
