leadcal maturity -q --spec datasets/leads.spec.json --by webinar --format csv datasets/leads.csv
