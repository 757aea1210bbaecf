# plain build only: a sanitizer reserves more address space than the test allows
# Any size in one pass: 300,000 rows (60 MB) in 64 MB of address space.
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
leadcal simulate --rows 300000 --seed 3 | (ulimit -v 65536; leadcal score -q --model model.json -) | wc -l
