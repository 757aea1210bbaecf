leadcal rates datasets/leads.csv
