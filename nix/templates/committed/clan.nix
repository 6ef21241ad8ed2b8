{ self, ... }:
{
  meta.name = "my-clan"; # unique among the clans that you use
  meta.domain = "my-clan.internal";

  # Written by: inventory2nix -o inventory.nix inventory.yaml
  inventory = import ./inventory.nix { inherit self; };

  # The services of this flake: `module.input: self` in the inventory.
  modules.welcome = ./services/welcome.nix;

  # What is not part of the inventory goes here, or in machines/<name>/configuration.nix.
  machines = {
    # server = { pkgs, ... }: { environment.systemPackages = [ pkgs.htop ]; };
  };
}
