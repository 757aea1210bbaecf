leadcal promote --help
