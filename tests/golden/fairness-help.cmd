leadcal fairness --help
