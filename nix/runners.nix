# Ways to run the compiler, for `compile`: a program, and what its arguments begin with.
# What is to run inside Nix's sandbox must be in the store; a path (`./x.wasm`) is put there.
{
  # The command of the npm package under Node: `script` is its `dist/bin.js`.
  node =
    { node, script }:
    {
      program = node;
      args = [ "${script}" ];
    };

  # The component under wasmtime, which grants it the store and nothing else:
  # sources are read there, and the output is written there.
  wasmtime =
    { wasmtime, component }:
    {
      program = wasmtime;
      args = [
        "run"
        "--dir=${builtins.storeDir}"
        "${component}"
      ];
    };
}
