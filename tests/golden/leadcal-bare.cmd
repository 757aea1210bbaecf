leadcal
