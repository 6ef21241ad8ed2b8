{
  meta.name = "{{name}}"; # unique among the clans that you use
  meta.domain = "{{domain}}";

  # What is not part of the inventory goes here, or in machines/<name>/configuration.nix.
  machines = {
    # server = { pkgs, ... }: { environment.systemPackages = [ pkgs.htop ]; };
  };
}
