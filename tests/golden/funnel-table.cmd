leadcal funnel --spec datasets/leads.spec.json --format table datasets/leads-few.csv
