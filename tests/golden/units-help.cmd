leadcal units --help
