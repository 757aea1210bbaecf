leadcal stages --help
