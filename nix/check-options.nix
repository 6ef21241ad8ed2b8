# The options of a function as they are. One that has a value of another kind than it takes stops Nix
# by a message that names it, but only when somebody asks for it.
function: options:
let
  inherit (builtins)
    all
    attrValues
    elem
    isAttrs
    isBool
    isList
    isPath
    isString
    ;

  # What an option takes: a test, and its words.
  rules = {
    src = {
      takes = value: value == null || isPlace value;
      means = "a path, such as ./inventory.yaml";
    };
    text = aText "the inventory as a string";
    root = {
      takes = isPlace;
      means = "a path, such as ./.";
    };
    args = {
      takes = isAttrs;
      means = "a set, such as { inherit self; }";
    };
    emit = {
      takes = isOneOf [
        "resolved"
        "declared"
      ];
      means = ''"resolved" or "declared"'';
    };
    services = {
      takes = isListOf (value: value == "none" || isPlace value);
      means = ''a list of paths, or [ "none" ]'';
    };
    clanCoreInput = aText "the name of an input, as a string";
    clanCore = aText ''"latest", a day or a revision'';
    knownMachines = {
      takes = value: value == null || isAttrs value && all isClass (attrValues value);
      means = ''a set of names with "nixos" or "darwin", such as { mac = "darwin"; }'';
    };
    inventoryJson = aFlag;
    allowNix = aFlag;
    denyWarnings = aFlag;
    severities = {
      takes = isListOf isSeverity;
      means = ''a list of sets such as { code = "machine-name"; severity = "ignore"; }, or "warning", or "error"'';
    };
    runner = {
      takes = value: value == null || value ? program && isList value.args or null;
      means = "a set of 'program' and the list 'args'";
    };
    system = {
      takes = isString;
      means = ''a string, such as "x86_64-linux"'';
    };

    # Of the check that an output is current.
    sources = {
      takes = value: isListOf isString value && value != [ ];
      means = ''a list of names in 'src', such as [ "inventory.yaml" ]'';
    };
    output = {
      takes = isString;
      means = ''the name of a file in 'src', such as "inventory.nix"'';
    };
    flags = {
      takes = isListOf isString;
      means = ''a list of strings, such as [ "--deny-warnings" ]'';
    };
  };

  aFlag = {
    takes = isBool;
    means = "true or false";
  };
  aText = means: {
    takes = value: value == null || isString value;
    inherit means;
  };

  isListOf = isItem: value: isList value && all isItem value;
  isOneOf = words: value: elem value words;
  isPlace =
    value: isPath value || value ? outPath || isString value && builtins.substring 0 1 value == "/";
  isClass = isOneOf [
    "nixos"
    "darwin"
  ];
  isSeverity =
    rule:
    isString rule.code or null
    && isOneOf [
      "error"
      "warning"
      "ignore"
    ] rule.severity or null;

  check =
    name: value:
    let
      inherit (rules.${name}) takes means;
    in
    if !takes value then
      throw "${function}: '${name}' must be ${means}${described value}"
    else if name == "src" && isMissing value then
      throw "${function}: there is no file or folder ${toString value} (of a Git repository, Nix sees what 'git add' has added)"
    else
      value;

  isMissing =
    src:
    let
      path = if src == null then null else import ./path-of.nix src;
    in
    path != null && !builtins.pathExists path;

  # Which part of a list or a set is wrong is not known.
  described =
    value:
    if isString value then
      ", not ${builtins.toJSON value}"
    else if isList value || isAttrs value then
      ""
    else
      ", not ${kinds.${builtins.typeOf value}}";

  kinds = {
    int = "an integer";
    float = "a float";
    bool = "a boolean";
    path = "a path";
    null = "null";
    lambda = "a function";
  };
in
if options ? text && (options.src == null) == (options.text == null) then
  throw "${function}: give either 'src', a file or a folder, or 'text'"
else
  builtins.mapAttrs check options
