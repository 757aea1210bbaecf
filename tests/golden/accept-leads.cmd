leadcal accept --spec datasets/leads.spec.json --by source --format csv datasets/leads.csv | head -n 24
