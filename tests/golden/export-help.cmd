leadcal export --help
