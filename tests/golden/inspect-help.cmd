leadcal inspect --help
