leadcal rates --help
