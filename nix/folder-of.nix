# The folder of an inventory: itself, or the one that its file is in.
src: if import ./read-file-type.nix src == "directory" then src else dirOf src
