leadcal funnel --help
