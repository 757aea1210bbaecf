# Ten digits are shown: the last ones are the machine's.
leadcal fit -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --window 90 --as-of 2025-12-31 --by company_size,webinar,days_since_last_touch --engagement webinar,days_since_last_touch --model model.json datasets/leads.csv >/dev/null
leadcal export --model model.json --to sql --dialect postgresql --table crm.leads | sed -E 's/([0-9]\.[0-9]{9})[0-9]+/\1/g'
