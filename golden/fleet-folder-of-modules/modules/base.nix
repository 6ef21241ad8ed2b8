{ networking.useDHCP = false; }
