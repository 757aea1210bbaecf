leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
printf 'company_size,source,webinar\n1-10,Referral,1\n1-10,Referral\n1-10,Referral,0\n' >export.csv
leadcal score --model model.json -o scored.csv export.csv; echo $?
ls *.csv
leadcal score --model model.json --max-bad 1 -o scored.csv export.csv; echo $?
wc -l <scored.csv
printf 'company_size,source,webinar\n1-10,Referral,1\n\nGrand Totals (1 records)\nAcme Corp\n' >report.csv
leadcal score --model model.json report.csv >scored.csv; echo $?; wc -l <scored.csv
leadcal score -q --model model.json --skip-footer 2 report.csv | cmp - scored.csv && echo same
head -n 20 datasets/leads.csv >rows.csv; { printf 'Leads of March\n\n'; cat rows.csv; printf '\nAcme Corp\n'; } >titled.csv
leadcal score --model model.json titled.csv 2>&1 >titled.out | grep line; leadcal score -q --model model.json rows.csv | cmp - titled.out && echo same
leadcal score -q --model model.json --strict report.csv; echo $?
