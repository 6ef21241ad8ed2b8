# Compares compiled inventories with what the real Clan made of their sources.
#
# `records` is a file in test/data, `outputs` a folder with NAME.MODE.nix for
# each record that is not an error. The result lists the differences; none is
# "[ ]". Nothing of nixpkgs is needed: the rules of its module system for an
# option of free form (maps merge, lists concatenate, scalars must be equal) are
# written out below.
{
  records,
  outputs,
  modes,
}:
let
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatLists
    concatMap
    deepSeq
    elem
    elemAt
    filter
    foldl'
    fromJSON
    genList
    groupBy
    head
    intersectAttrs
    isAttrs
    isList
    isString
    length
    listToAttrs
    mapAttrs
    readFile
    sort
    split
    substring
    tail
    toJSON
    tryEval
    typeOf
    ;

  differences = concatMap (
    record:
    concatMap (
      mode:
      let
        found = compare record (output record mode);
        result = tryEval (deepSeq found found);
      in
      map (difference: "${record.name}, ${mode}: ${difference}") (
        if result.success then result.value else [ "definitions conflict" ]
      )
    ) modes
  ) (filter (record: !(record.error or false)) (fromJSON (readFile records)));

  output =
    record: mode:
    let
      value = import (outputs + "/${record.name}.${mode}.nix");
    in
    if isAttrs value then value else value (arguments record.inventory);

  compare =
    record: inventory:
    let
      machines = known record // inventory.machines or { };
      tags = tagsOf machines (inventory.tags or { });
      settings = mapAttrs (
        _: instance: mapAttrs (_: membersOf tags) instance.roles or { }
      ) inventory.instances or { };
    in
    differ "tags" (mapAttrs (_: sorted) record.tags) tags
    ++ differ "settings" (withMembers record.settings) (withMembers settings);

  known =
    record:
    listToAttrs (
      map (name: {
        inherit name;
        value = { };
      }) record.knownMachines or [ ]
    );

  # The record may or may not show a role that has no member.
  withMembers = settings: pruned (mapAttrs (_: pruned) settings);

  pruned = set: removeAttrs set (filter (name: set.${name} == { }) (attrNames set));

  # Paths and references into made-up inputs all come to "@special", as in the records.
  arguments =
    inventory:
    foldl' united {
      root = "@special";
      self = { };
    } (map (names: nested names "@special") (references inventory));

  references =
    value:
    if isList value then
      concatMap references value
    else if !isAttrs value then
      [ ]
    else if value ? "$ref" then
      [ (filter isString (split "\\." value."$ref")) ]
    else
      concatMap references (attrValues value);

  nested =
    names: value: if names == [ ] then value else { ${head names} = nested (tail names) value; };

  united =
    a: b:
    if isAttrs a && isAttrs b then
      a // b // mapAttrs (name: united a.${name}) (intersectAttrs a b)
    else
      b;

  # Machine -> its tags.
  tagsOf =
    machines: declared:
    let
      ofClass =
        class:
        filter (machine: (machines.${machine}.machineClass or "nixos") == class) (attrNames machines);
      lists = {
        all = attrNames machines;
        nixos = ofClass "nixos";
        darwin = ofClass "darwin";
      }
      // declared;
    in
    mapAttrs (
      name: machine:
      sorted (machine.tags or [ ] ++ filter (tag: elem name lists.${tag}) (attrNames lists))
    ) machines;

  sorted = names: attrNames (groupBy (name: name) names);

  # Machine -> its settings, for the members of a role.
  membersOf =
    machineTags: role:
    let
      tags =
        if isList role.tags or { } then
          listToAttrs (
            map (name: {
              inherit name;
              value = { };
            }) role.tags
          )
        else
          role.tags or { };
      members = sorted (
        attrNames role.machines or { }
        ++ filter (machine: any (tag: elem tag machineTags.${machine}) (attrNames tags)) (
          attrNames machineTags
        )
      );
      layersOf =
        machine:
        map (tag: tags.${tag}) (filter (tag: elem tag machineTags.${machine}) (reversed (attrNames tags)))
        ++ [
          role.machines.${machine} or { }
          role
        ];
    in
    listToAttrs (
      map (name: {
        inherit name;
        value = head (merge (map (layer: layer.settings or { }) (layersOf name)));
      }) members
    );

  reversed = list: sort (a: b: b < a) list;

  # Definitions of one value -> a list of that value, or an empty one where none is left.
  merge =
    definitions:
    let
      live = concatMap discharge definitions;
      priority = definition: if typed "override" definition then definition.priority else 100;
      highest = foldl' (a: b: if a < b then a else b) 9999 (map priority live);
      kept = map (content "override") (filter (definition: priority definition == highest) live);
      order = definition: if typed "order" definition then definition.priority else 1000;
      values = map (content "order") (sort (a: b: order a < order b) kept);
    in
    if values == [ ] then
      [ ]
    else if all isAttrs values then
      [ (mergeMaps values) ]
    else if all isList values then
      [ (concatMap (value: merge [ value ]) (concatLists values)) ]
    else if all (same (head values)) values then
      [ (head values) ]
    else
      throw "definitions conflict";

  mergeMaps =
    maps:
    let
      keys = sorted (concatMap attrNames maps);
      merged = key: merge (concatMap (map: if map ? ${key} then [ map.${key} ] else [ ]) maps);
    in
    listToAttrs (concatMap (name: map (value: { inherit name value; }) (merged name)) keys);

  discharge =
    definition:
    if typed "merge" definition then
      concatMap discharge definition.contents
    else if typed "if" definition then
      if definition.condition then discharge definition.content else [ ]
    else
      [ definition ];

  typed = type: value: isAttrs value && value._type or null == type;

  content = type: value: if typed type value then value.content else value;

  # Where two values differ, and how.
  differ =
    where: expected: actual:
    if isAttrs expected && isAttrs actual && attrNames expected == attrNames actual then
      concatMap (name: differ "${where}.${name}" expected.${name} actual.${name}) (attrNames expected)
    else if same expected (masked actual) then
      [ ]
    else
      [ "${where} should be ${toJSON expected} but is ${toJSON actual}" ];

  masked =
    value:
    if isAttrs value then
      mapAttrs (_: masked) value
    else if isList value then
      map masked value
    else if isString value && substring 0 8 value == "@special" then
      "@special"
    else
      value;

  # As ==, but 1 and 1.0 differ.
  same =
    a: b:
    typeOf a == typeOf b
    && (
      if isAttrs a then
        attrNames a == attrNames b && all (name: same a.${name} b.${name}) (attrNames a)
      else if isList a then
        length a == length b
        && all (index: same (elemAt a index) (elemAt b index)) (genList (index: index) (length a))
      else
        a == b
    );
in
differences
