leadcal fit --help
