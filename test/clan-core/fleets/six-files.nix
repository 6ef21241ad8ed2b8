# The fleet of golden/fleet-six-files as people write it in Nix.
{ self, lib, ... }:
let
  night = "03:30";
  ignored = [
    "/var/cache"
    "*.tmp"
  ];
  operators = [
    "ada"
    "brian"
  ];
in
{
  meta.name = "hearth";
  meta.domain = "hearth.example";
  machines = {
    attic.tags = [ "storage" ];
    den.tags = [
      "desk"
      "loud"
    ];
    hall.tags = [ "desk" ];
  };
  instances = {
    backups = {
      module.name = "borgbackup";
      roles.client.tags.desk.settings.exclude = ignored;
      roles.client.tags.loud.settings.exclude = ignored ++ [ "/srv/mixes" ];
      roles.client.settings.startAt = night;
      roles.server.machines.attic.settings.address = "backup.${self.domain}";
    };
    access = {
      module.name = "sshd";
      roles.server.tags.all = { };
      roles.server.settings.certificate.searchDomains = [
        "${self.domain}"
      ]
      ++ [ "vpn.${self.domain}" ];
    };
    site = {
      module.name = "free";
      module.input = "self";
      roles.server.machines.attic = { };
      roles.server.settings = {
        names = operators ++ self.guests;
        greeting = "Welcome to ${self.domain}.\nNot a reference: \${HOME}\n";
      };
    };
  };
}
