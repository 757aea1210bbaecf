leadcal recalibrate --help
