# Ways to run the compiler, for `compile`: a program, and what its arguments begin with.
# What is to run inside Nix's sandbox must be in the store; a path (`./x.wasm`) is put there.
{
  # The command of the npm package under Node: `package` is the package's folder.
  node =
    { node, package }:
    {
      program = node;
      args = [ "${package}/dist/bin.js" ];
    };

  # The component under wasmtime, which grants it the store and nothing else: sources are read
  # there, by a path or from the working folder, and the output is written there.
  wasmtime =
    { wasmtime, component }:
    {
      program = wasmtime;
      args = [
        "run"
        # A build has no home to keep compiled components in.
        "-Ccache=n"
        "--dir=${builtins.storeDir}"
        "--dir=."
        "${component}"
      ];
    };
}
