leadcal fit -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --window 90 --by company_size,source,webinar --engagement webinar --model model.json --format csv datasets/leads.csv
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by source --model model.json datasets/leads.csv; echo $?
ls -I public -I datasets
