# Bins by the outcome and merged levels: what is fitted, what the file holds, what scoring and an export find.
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by industry,days_since_last_touch,country --merge industry,country --bins dp --engagement days_since_last_touch --model model.json --format table datasets/leads.csv | cut -c1-90
grep -c '"values"' model.json
printf 'industry,days_since_last_touch,country\nLegal,12,Deutschland\nPharma & Biotech,51,Chile\nnobody knows,51.5,Italia\n,,\n' >leads.csv
leadcal score -q --model model.json leads.csv | cut -d, -f1-7
leadcal export --model model.json --to python -o scores.py; grep -o '"Pharma & Biotech", [^,]*' scores.py | cut -c1-25
leadcal rates -q --outcome stage --won 'Closed Won' --window none --by source --merge sorce datasets/leads.csv; echo $?
leadcal rates -q --outcome stage --won 'Closed Won' --window none --by source --bins best datasets/leads.csv; echo $?
