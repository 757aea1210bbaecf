leadcal rates --outcome stage datasets/leads.csv
