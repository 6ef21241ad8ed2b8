{
  # What is no inventory goes here, or to machines/<name>/configuration.nix.
  machines = {
    # server = { pkgs, ... }: { environment.systemPackages = [ pkgs.htop ]; };
  };
}
