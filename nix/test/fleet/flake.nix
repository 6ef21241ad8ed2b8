# Marks the root of the project that nix/test.nix compiles the inventory of.
{
  outputs = _: { };
}
