leadcal cuts --help
