leadcal export --list
