# A derivation whose output is the Nix file that an inventory compiles to. A mistake
# in the inventory fails the build, and its log says where it is.
#
#   compile {
#     src = ./inventory.yaml;
#     runner = { program = "${pkgs.inventory2nix}/bin/inventory2nix"; args = [ ]; };
#   }
#
# The output is not beside its sources, so its argument `root` has no default:
# relative paths in the inventory resolve under the `root` that it is imported with,
# as a rule the folder of `src`.
{
  # A file, or a folder whose .yaml, .yml and .json files are parts of one inventory; or else a text.
  # A path is copied without anything else; the output of a derivation is taken as it is.
  src ? null,
  text ? null,
  # What runs the compiler: `program`, and the list `args` that its arguments begin with.
  runner,
  name ? "inventory.nix",
  # "resolved" (members by name, with merged settings) or "declared" (roles as written).
  emit ? "resolved",
  # Catalogues of services, which mistakes in settings are found by; [ "none" ]
  # for not even the built-in one.
  services ? [ ],
  # What the flake calls its input clan-core, where that is another name.
  clanCoreInput ? null,
  # The clan-core that services are checked against: "latest", a day, or a revision; by default
  # that of flake.lock.
  clanCore ? null,
  # The class of machines that are declared elsewhere, by name. By default, every folder in
  # the project's folder `machines` is one, as for Clan (see project-of.nix).
  knownMachines ? null,
  # Whether the inventory.json that Clan reads itself, beside flake.nix, is read, too.
  inventoryJson ? true,
  # Whether `!nix` may bring Nix code into the output.
  allowNix ? false,
  denyWarnings ? false,
  # What findings become by their codes; the last rule for one wins:
  # [ { code = "machine-name"; severity = "ignore"; } ], or "warning", or "error".
  severities ? [ ],
  # The platform of the runner's program.
  system ? builtins.currentSystem,
  # A POSIX shell; Nix's sandbox has one there.
  shell ? "/bin/sh",
}:
let
  options = import ./check-options.nix "compile" {
    inherit
      src
      text
      runner
      emit
      services
      clanCoreInput
      clanCore
      knownMachines
      inventoryJson
      allowNix
      denyWarnings
      severities
      system
      ;
  };

  path = if text != null then null else import ./path-of.nix options.src;
  source =
    if path != null then
      import ./source-of.nix path
    else
      {
        folder = ".";
        operand = if text == null then "${options.src}" else "-";
        hasMachines = false;
        hasInventoryJson = false;
      };

  option = flag: value: "--${flag}=${value}";
  ifGiven = flag: value: if value == null then [ ] else [ (option flag value) ];
  ifTrue = flag: value: if value then [ "--${flag}" ] else [ ];
in
derivation {
  inherit name;
  inherit (options) system;
  builder = shell;
  args = [
    "-c"
    # The compiler runs in the project, so that diagnostics name files as the user does.
    ''cd "$1" && input=$2 && shift 2 && exec "$@" < "$input"''
    "sh"
    "${source.folder}"
    (if text == null then "/dev/null" else builtins.toFile "inventory" options.text)
    options.runner.program
  ]
  ++ options.runner.args
  ++ [
    "compile"
    "--no-root-default"
    "--stdin-filename=<text>"
    (option "emit" options.emit)
  ]
  ++ (
    if options.knownMachines == null && source.hasMachines then
      [ (option "machines-dir" "machines") ]
    else
      [ "--no-machines-dir" ]
  )
  ++ (
    if options.inventoryJson && source.hasInventoryJson then
      [ (option "inventory-json" "inventory.json") ]
    else
      [ "--no-inventory-json" ]
  )
  ++ map (machine: option "known-machine" "${machine}=${options.knownMachines.${machine}}") (
    if options.knownMachines == null then [ ] else builtins.attrNames options.knownMachines
  )
  ++ map (catalogue: option "services" "${catalogue}") options.services
  ++ map (
    { code, severity }: option (if severity == "warning" then "warn" else severity) code
  ) options.severities
  # The build has none of the files that paths lead to.
  ++ [ (option "ignore" "missing-file") ]
  ++ ifGiven "clan-core-input" options.clanCoreInput
  ++ ifGiven "clan-core" options.clanCore
  ++ ifTrue "allow-nix" options.allowNix
  ++ ifTrue "deny-warnings" options.denyWarnings
  ++ [
    (option "output" (placeholder "out"))
    "--"
    source.operand
  ];
  # It takes less time than asking another machine for it.
  preferLocalBuild = true;
  allowSubstitutes = false;
}
