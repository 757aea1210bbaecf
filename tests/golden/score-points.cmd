leadcal score --model datasets/points.csv datasets/leads.csv | head -6 | cut -d, -f1,2,23-
