leadcal fit datasets/leads.csv
