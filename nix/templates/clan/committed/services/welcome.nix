# A Clan service: shows a message when somebody logs in.
{
  _class = "clan.service";
  manifest = {
    name = "welcome";
    description = "Shows a message at login";
    readme = "Shows a message when somebody logs in.";
  };

  roles.default = {
    description = "A machine that shows the message.";
    interface =
      { lib, ... }:
      {
        options.message = lib.mkOption {
          type = lib.types.lines;
          description = "What to show.";
        };
      };
    perInstance =
      { settings, ... }:
      {
        nixosModule.users.motd = settings.message;
      };
  };
}
