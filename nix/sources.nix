# What the packages are built from: a change to anything else builds nothing.
{ lib }:
let
  inherit (lib) fileset;
in
fileset.toSource {
  root = ../.;
  fileset = fileset.unions [
    ../LICENSE
    ../README.md
    ../golden/fleet-home
    ../package-lock.json
    ../package.json
    ../release
    ../rollup.config.js
    ../schema
    ../src
    ../tsconfig.json
    ../wasm
  ];
}
