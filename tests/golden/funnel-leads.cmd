leadcal funnel --spec datasets/leads.spec.json --amount amount --format csv datasets/leads.csv
