leadcal card --help
