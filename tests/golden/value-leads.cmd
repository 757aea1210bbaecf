study='-q --spec datasets/leads.spec.json --format csv'
leadcal value $study --amount amount --by source,demo_request datasets/leads.csv
leadcal value $study --cycles --by source,demo_request datasets/leads.csv
