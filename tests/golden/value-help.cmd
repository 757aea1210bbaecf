leadcal value --help
