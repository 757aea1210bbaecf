leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
leadcal score --model model.json datasets/leads.csv | head -n 4
