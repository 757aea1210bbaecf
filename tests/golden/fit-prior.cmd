# Last quarter's model, then this quarter's from it: only leads that matured since count, and W is kept.
study="--outcome stage --won Closed\ Won --entered created_date --closed close_date --by company_size,source datasets/leads.csv"
fit() { eval leadcal fit "$study" '"$@"'; }
fit -q --as-of 2025-06-30 --window 90 -m first.json --format csv | head -2
fit -q --as-of 2025-09-30 --prior first.json -m second.json --format csv | head -4
fit --prior second.json -m third.json
fit -q --prior second.json --moves --format csv
sed -n '/"boundary"/,/^  }/p; /"champion"/p' third.json
sed -n '/"prior": {/,/^  }/p' third.json | sed 's/"sha256": "[0-9a-f]*"/"sha256": ".."/' | cut -c1-62
leadcal score -q --model third.json datasets/leads.csv | wc -l
