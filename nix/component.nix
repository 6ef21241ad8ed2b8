# The compiler as WebAssembly, in $out/lib: the component, inventory2nix.wasm, and the module for
# `builtins.wasm`, inventory2nix.nix.wasm.
{ inventory2nix }:
inventory2nix.overrideAttrs (previous: {
  pname = "inventory2nix-component";

  preBuild = "npm run generate";
  npmBuildScript = "build:component";

  installPhase = ''
    runHook preInstall
    install -Dm444 -t $out/lib dist/inventory2nix.wasm dist/inventory2nix.nix.wasm
    runHook postInstall
  '';

  doInstallCheck = false;

  meta = removeAttrs previous.meta [ "mainProgram" ] // {
    description = "${previous.meta.description}, as a WebAssembly component";
  };
})
