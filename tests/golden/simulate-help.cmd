leadcal simulate --help
