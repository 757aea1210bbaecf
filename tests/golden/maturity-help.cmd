leadcal maturity --help
