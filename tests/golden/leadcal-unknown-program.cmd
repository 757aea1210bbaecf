leadcal rate
