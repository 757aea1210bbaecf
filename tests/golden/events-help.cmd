leadcal events --help
