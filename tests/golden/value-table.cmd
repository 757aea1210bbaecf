leadcal value -q --spec datasets/leads.spec.json --amount amount --by source --format table datasets/leads.csv
leadcal value -q --cycles --spec datasets/leads.spec.json --by source --format table datasets/leads.csv
