leadcal score --help
