leadcal-simulate --man
