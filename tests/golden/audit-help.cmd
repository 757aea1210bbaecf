leadcal audit --help
