{
  meta.name = "my-clan"; # unique among the clans that you use
  meta.domain = "my-clan.internal";

  # What is not part of the inventory goes here, or in machines/<name>/configuration.nix.
  machines = {
    # server = { pkgs, ... }: { environment.systemPackages = [ pkgs.htop ]; };
  };
}
