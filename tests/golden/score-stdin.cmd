leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
leadcal score -q --model model.json datasets/leads.csv -o scored.csv
leadcal score -q --model model.json - <datasets/leads.csv | cmp - scored.csv && echo same
