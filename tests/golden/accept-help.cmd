leadcal accept --help
