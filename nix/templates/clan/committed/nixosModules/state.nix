# What a backup holds: the `state` that borgbackup collects.
{
  clan.core.state.home.folders = [ "/home" ];
}
