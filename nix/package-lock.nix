# package-lock.json with what `importNpmLock` needs besides: where packages come from. The
# lock file leaves it out, so that npm takes its registry from the user; by default this one.
{ lib }:
let
  lock = lib.importJSON ../package-lock.json;

  fromRegistry =
    path: module:
    let
      name = module.name or (lib.last (lib.splitString "node_modules/" path));
    in
    {
      resolved = "https://registry.npmjs.org/${name}/-/${baseNameOf name}-${module.version}.tgz";
    }
    // module;
in
lock
// {
  packages = lib.mapAttrs (
    path: module: if path == "" then module else fromRegistry path module
  ) lock.packages;
}
