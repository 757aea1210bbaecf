# Audit columns stay out of the model, and the folder of recalibrate holds the same table.
awk -F, -v OFS=, 'NR == 1 {print $0 ",gender"; next} {print $0 (NR % 5 < 2 ? ",f" : ",m")}' datasets/leads.csv >leads.csv
run() { leadcal "$@" -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --engagement pages_viewed,demo_request --ignore owner,campaign leads.csv; }
run fit --audit gender,free_email --format csv --model model.json | grep -c -e gender -e free_email
run fairness --audit gender,free_email --model model.json --format csv
run recalibrate --audit gender,free_email -o quarter
run fairness --audit gender,free_email --model quarter/candidate.json --format csv | cmp - quarter/fairness.csv
grep -c 'Who is handed over' quarter/report.md
grep '"audit"' quarter/spec.json
grep ',gender,' quarter/spec.csv | cut -c1-60
leadcal fit --outcome stage --won 'Closed Won' --entered created_date --closed close_date leads.csv 2>&1 >/dev/null | grep -o 'gender ([^)]*)'
