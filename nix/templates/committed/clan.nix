{ self, ... }:
{
  # Written by: inventory2nix -o inventory.nix inventory.yaml
  inventory = import ./inventory.nix { inherit self; };

  # The services of this flake: `module.input: self` in the inventory.
  modules.welcome = ./services/welcome.nix;

  # What is no inventory goes here, or to machines/<name>/configuration.nix.
  machines = {
    # server = { pkgs, ... }: { environment.systemPackages = [ pkgs.htop ]; };
  };
}
