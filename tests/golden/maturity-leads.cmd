leadcal maturity --spec datasets/leads.spec.json --format table datasets/leads.csv
