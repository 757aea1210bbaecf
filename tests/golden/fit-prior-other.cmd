# The prior of another spec: attributes are matched by name, and what only one side has is said.
study="--outcome stage --entered created_date --closed close_date"
leadcal fit -q $study --won 'Closed Won' --as-of 2025-06-30 --window 90 --by source,job_level -m last.json --format csv datasets/leads.csv | head -1
sed -E 's/Purchased list/Rented list/' datasets/leads.csv >renamed.csv
leadcal fit $study --won 'Closed Won' --won Open --window 120 --by source,company_size --prior last.json --format csv renamed.csv >fit.csv; echo $?
grep -E 'intercept|list|1-10' fit.csv
