# What nixpkgs (2026-08) asks of a project that it builds by `buildNpmPackage` from a lock file
# read by `importNpmLock`. Both are functions with a closed set of arguments, and fail here
# wherever they fail there:
#
# - Of the lock, each entry that has `resolved` is fetched. Without a scheme that is a file of the
#   project; `http` and `https` need `integrity`, a hash that Nix accepts; `git…` is fetched by git;
#   any other scheme is refused. What has no `resolved` is not fetched: npm, which is offline in the
#   build, must do without it.
# - Each name in `dependencies` and `devDependencies` of package.json is replaced by `resolved` of
#   the entry at the root of node_modules, which therefore must have one.
# - A dependency of a dependency that is asked for as `latest`, or by a reference to GitHub, is
#   replaced by the version at the root of node_modules.
# - `buildNpmPackage` makes a derivation without structured attributes: what is not a string, a
#   number, a boolean, a path, a derivation or a list of such is refused, except for `meta` and
#   `passthru`. `npmConfigHook` must be the one of what made `npmDeps`.
{ lib, mkDerivation }:
let
  schemeOf =
    url:
    let
      parts = builtins.match "([^:]+)://.+" url;
    in
    if parts == null then null else builtins.head parts;

  # The file by its hash, without nixpkgs' mirrors: Nix checks name and hash when it is
  # instantiated, and fetches it when it is built.
  fetch =
    { resolved, integrity, ... }:
    derivation {
      name = baseNameOf resolved;
      system = "builtin";
      builder = "builtin:fetchurl";
      url = resolved;
      outputHash = integrity;
      outputHashAlgo = null;
      outputHashMode = "flat";
    };

  sourceOf =
    npmRoot: entry:
    let
      scheme = schemeOf entry.resolved;
    in
    if scheme == null then
      npmRoot + "/${entry.resolved}"
    else if scheme == "http" || scheme == "https" then
      fetch { inherit (entry) resolved integrity; }
    else if builtins.substring 0 3 scheme == "git" then
      builtins.fetchGit { url = entry.resolved; }
    else
      throw "unsupported scheme: ${scheme}";

  importLock =
    {
      npmRoot ? null,
      package ? lib.importJSON (npmRoot + "/package.json"),
      packageLock ? lib.importJSON (npmRoot + "/package-lock.json"),
      pname ? package.name or "unknown",
      version ? package.version or "0.0.0",
      fetcherOpts ? { },
      packageSourceOverrides ? { },
    }:
    let
      packages = builtins.mapAttrs (
        path: entry:
        removeAttrs entry [
          "link"
          "funding"
        ]
        // (
          if packageSourceOverrides ? ${path} then
            { resolved = "file:${packageSourceOverrides.${path}}"; }
          else if entry.resolved or null != null then
            { resolved = "file:${sourceOf npmRoot entry}"; }
          else
            { }
        )
        // pinned "dependencies" entry
        // pinned "optionalDependencies" entry
      ) packageLock.packages;

      atRoot = name: packages."node_modules/${name}";
      pinned =
        key: entry:
        lib.optionalAttrs (entry ? ${key}) {
          ${key} = builtins.mapAttrs (
            name: wanted:
            if wanted == "latest" || builtins.match "github(.com)?:.+" wanted != null then
              (atRoot name).version
            else
              wanted
          ) entry.${key};
        };
      replaced =
        key:
        lib.optionalAttrs (package ? ${key}) {
          ${key} = builtins.mapAttrs (name: _: (atRoot name).resolved) package.${key};
        };
    in
    mkDerivation {
      name = "${pname}-${version}-sources";
      package = builtins.toJSON (package // replaced "dependencies" // replaced "devDependencies");
      packageLock = builtins.toJSON (packageLock // { inherit packages; });
    }
    // {
      madeBy = "importNpmLock";
    };

  configHook = mkDerivation { name = "npm-config-hook"; } // {
    hookOf = "importNpmLock";
  };
in
{
  importNpmLock = {
    __functor = _: importLock;
    importNpmLock = importLock;
    npmConfigHook = configHook;
  };

  buildNpmPackage =
    {
      pname,
      version,
      src,
      npmDeps,
      npmConfigHook,
      ...
    }@arguments:
    if npmDeps.madeBy or null != npmConfigHook.hookOf or null then
      throw "npmDeps and npmConfigHook do not belong together"
    else
      mkDerivation (
        {
          name = "${pname}-${version}";
          npmBuildScript = "build";
        }
        // removeAttrs arguments [
          "npmDeps"
          "npmConfigHook"
        ]
        // {
          npmDeps = "${npmDeps}";
          nativeBuildInputs = (arguments.nativeBuildInputs or [ ]) ++ [ npmConfigHook ];
        }
      );
}
