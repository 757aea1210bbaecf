leadcal drift --help
