leadcal inspect -q -o spec.json datasets/leads.csv >columns.csv
cat spec.json
leadcal rates -q --spec spec.json --format csv datasets/leads.csv | head -n 3
