leadcal inspect --format table datasets/leads.csv
